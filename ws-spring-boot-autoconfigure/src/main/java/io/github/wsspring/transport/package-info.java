/**
 * Sockets and selectors: moves bytes, knows nothing of what they mean.
 * <p>
 * This floor knows channels, readiness, event loops and write queues. It must not know
 * HTTP or WebSocket. Everything but
 * {@link io.github.wsspring.transport.EventLoop#execute(Runnable)} runs on the thread of
 * one event loop.
 */
@NullMarked
package io.github.wsspring.transport;

import org.jspecify.annotations.NullMarked;
