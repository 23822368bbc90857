package io.github.wsspring.transport;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

/**
 * How connections are encrypted.
 *
 * @param engines makes a configured server-side engine for each new connection
 * @param tasks runs the expensive parts of TLS handshakes, which must not hold up a loop
 */
public record Tls(Supplier<SSLEngine> engines, Executor tasks) {

}
