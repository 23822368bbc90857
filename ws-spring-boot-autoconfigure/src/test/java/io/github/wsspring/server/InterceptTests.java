package io.github.wsspring.server;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for what a handler sees before its turn.
 */
class InterceptTests {

	private final Engine engine = new Engine();

	private final ManualExecutor executor = new ManualExecutor();

	private final CompletableFuture<Void> answer = new CompletableFuture<>();

	private Peer open(boolean task) {
		this.engine.executor = task ? this.executor : null;
		this.engine.handler = new Asking();
		this.engine.handler.onText = (session, argument) -> argument.equals("ask") ? this.answer : null;
		Peer peer = this.engine.open();
		run();
		return peer;
	}

	private void run() {
		this.engine.runHandlers(this.executor);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsInterceptedDoesNotWaitForTheCallThatWaitsForIt(boolean task) {
		Peer peer = open(task);
		peer.send(Wire.text("ask"), Wire.text("next"));
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text ask");
		peer.send(Wire.text("answer"));
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text ask", "intercepted", "text next");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theEndIsToldBeforeTheTurnOfOnClose(boolean task) {
		Peer peer = open(task);
		peer.send(Wire.text("ask"));
		run();
		peer.reset();
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text ask", "ended", "close 1006");
	}

	@Test
	void aSessionKnowsItsEventLoop() {
		open(true);
		Session session = this.engine.session();
		assertThat(session.inLoop()).isTrue();
		assertThat(CompletableFuture.supplyAsync(session::inLoop).join()).isFalse();
	}

	/** Waits for an answer, and no longer than for the end. */
	private final class Asking extends RecordingHandler {

		@Override
		public boolean intercept(Session session, String text) {
			if (text.equals("answer")) {
				this.events.add("intercepted");
				InterceptTests.this.answer.complete(null);
				return true;
			}
			return false;
		}

		@Override
		public void ended(Session session) {
			assertThat(session.isOpen()).isFalse();
			this.events.add("ended");
			InterceptTests.this.answer.complete(null);
		}

	}

}
