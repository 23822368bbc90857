package io.github.wsspring.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.server.Authenticator.Admitted;
import io.github.wsspring.server.Authenticator.Outcome;

/**
 * The check of a token that the peer of a session has sent in a message.
 *
 * @param phase whose peer it is
 * @param context who knows tokens
 * @param token the token
 * @param request what to check it with
 */
record Reauthentication(OpenPhase phase, ServerContext context, String token, UpgradeRequest request) {

	/**
	 * Begins the check, in the calling thread unless that must not block: those who wait
	 * for it need no further thread then.
	 * @return whether the token was taken
	 */
	CompletableFuture<Boolean> begin() {
		CompletableFuture<Boolean> taken = new CompletableFuture<>();
		if (!this.context.authenticator().mayBlock() || !this.phase.session().inLoop()) {
			check(taken);
			return taken;
		}
		Executor own = this.phase.session().endpoint().executor();
		try {
			((own != null) ? own : this.context.executor()).execute(() -> check(taken));
		}
		catch (RejectedExecutionException ex) {
			taken.completeExceptionally(ex);
		}
		return taken;
	}

	private void check(CompletableFuture<Boolean> taken) {
		try {
			Outcome outcome = this.context.authenticator()
				.reauthenticate(this.token, this.request, this.phase.remoteAddress());
			Identity identity = (outcome instanceof Admitted admitted) ? admitted.identity() : null;
			taken.complete(identity != null && this.phase.renew(identity));
		}
		catch (Throwable ex) {
			taken.completeExceptionally(ex);
		}
	}

	/** Without the token. */
	@Override
	public String toString() {
		return "reauthentication of " + this.phase.session();
	}

}
