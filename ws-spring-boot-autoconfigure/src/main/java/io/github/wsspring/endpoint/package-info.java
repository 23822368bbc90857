/**
 * The {@code @WsEndpoint} programming model: beans in, endpoints of the engine out.
 * <p>
 * This floor knows beans, annotations, method handles, conversion and JSON. It must not
 * know properties, auto-configuration, sockets or frames, and it needs Jackson only
 * behind {@link io.github.wsspring.endpoint.JsonCodec}. What is found out about a class
 * is found out at start-up on the main thread; what happens on a session happens on the
 * endpoint's executor, or on the session's event loop if the endpoint asks for that.
 */
@NullMarked
package io.github.wsspring.endpoint;

import org.jspecify.annotations.NullMarked;
