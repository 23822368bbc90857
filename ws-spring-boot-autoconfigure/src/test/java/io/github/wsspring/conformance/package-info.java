/**
 * The conformance suite: 517 cases that a client with a codec of its own plays against an
 * echo server over a real socket. Only {@code ServerUnderTest} may know the engine.
 */
@NullMarked
package io.github.wsspring.conformance;

import org.jspecify.annotations.NullMarked;
