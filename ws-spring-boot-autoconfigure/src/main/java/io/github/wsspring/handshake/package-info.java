/**
 * The HTTP upgrade of RFC 6455, section 4: head bytes in, an outcome out.
 * <p>
 * This floor knows just enough HTTP/1.1 (RFC 9112) to read one request head strictly and
 * to write one response. It must not know sockets, threads, endpoints or who may connect.
 * It is pure and runs on the thread of the connection.
 */
@NullMarked
package io.github.wsspring.handshake;

import org.jspecify.annotations.NullMarked;
