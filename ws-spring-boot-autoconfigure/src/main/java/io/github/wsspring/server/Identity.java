package io.github.wsspring.server;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a session.
 *
 * @param principal the user
 * @param authorities what the user may do, in the application's own words
 * @param expiresAt when the proof of identity ends: the session is closed with 4401 then;
 * {@code null} for never
 */
public record Identity(Principal principal, Set<String> authorities, @Nullable Instant expiresAt) {

	public Identity {
		authorities = Set.copyOf(authorities);
	}

	/**
	 * A user that is known by name, without authorities and without an end.
	 * @param name the user's name, as {@link Principal#getName()} will return it
	 * @return the identity
	 */
	public static Identity of(String name) {
		return new Identity(new NamedPrincipal(name), Set.of(), null);
	}

	/**
	 * A user that is known by name.
	 * @param name the user's name, as {@link Principal#getName()} will return it
	 * @param authorities what the user may do
	 * @param expiresAt when the session is to end with 4401, {@code null} for never
	 * @return the identity
	 */
	public static Identity of(String name, Set<String> authorities, @Nullable Instant expiresAt) {
		return new Identity(new NamedPrincipal(name), authorities, expiresAt);
	}

	boolean isSameUser(Identity other) {
		return this.principal.getName().equals(other.principal.getName());
	}

	/**
	 * How long the proof is still good for; from there on its time runs on the monotonic
	 * clock.
	 * @return the time, not positive if it is over, {@code null} for ever
	 */
	@Nullable Duration timeLeft() {
		return (this.expiresAt != null) ? Duration.between(Instant.now(), this.expiresAt) : null;
	}

	private record NamedPrincipal(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
