package io.github.wsspring.endpoint;

/**
 * A handshake method that failed.
 *
 * @param failure what it threw
 * @param response what the client is answered
 */
record HandshakeFailure(Throwable failure, HandshakeResponse response) {

}
