/**
 * Tests of {@code @WsEndpoint} beans: a slice of the application, and a client that says
 * what it expects.
 * <p>
 * {@link io.github.wsspring.test.WsEndpointTest} runs the real engine without a port;
 * {@link io.github.wsspring.test.WsTestClient} connects to it within the process, or to
 * any server by TCP. Nothing here belongs into an application.
 */
@NullMarked
package io.github.wsspring.test;

import org.jspecify.annotations.NullMarked;
