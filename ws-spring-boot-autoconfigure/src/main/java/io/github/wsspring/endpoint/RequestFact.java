package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Something that the methods of an endpoint want to know of the upgrade request. It is
 * found out once, in the handshake, so that a client that does not tell it is refused and
 * the request need not be kept.
 */
@FunctionalInterface
interface RequestFact {

	/**
	 * Finds it out.
	 * @param request the request
	 * @return the fact
	 * @throws org.springframework.web.server.ResponseStatusException if the request lacks
	 * it
	 */
	@Nullable Object in(HandshakeRequest request);

}
