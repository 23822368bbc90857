package io.github.wsspring.endpoint;

import io.github.wsspring.server.SessionRegistry;

/**
 * What all sessions of an endpoint share.
 *
 * @param path the endpoint's path pattern
 * @param codec how payloads become messages
 * @param registry where other sessions are found
 */
record EndpointContext(String path, MessageCodec codec, SessionRegistry registry) {

}
