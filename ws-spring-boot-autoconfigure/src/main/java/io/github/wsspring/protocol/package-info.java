/**
 * RFC 6455 and RFC 7692 as a pure state machine: bytes in, messages out, and back.
 * <p>
 * This floor knows frames, fragments, UTF-8, close codes and compression. It must not
 * know sockets, threads, clocks, logging or HTTP. It runs on whichever thread owns the
 * connection; nothing here is safe for two threads at once except the immutable
 * {@link io.github.wsspring.protocol.CloseStatus} and the shareable
 * {@link io.github.wsspring.protocol.PreparedMessage}.
 */
@NullMarked
package io.github.wsspring.protocol;

import org.jspecify.annotations.NullMarked;
