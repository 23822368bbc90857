/**
 * The conformance suite: 517 cases that a client with a codec of its own plays against an
 * echo server over a real socket. Only {@code ServerUnderTest} may know the engine.
 *
 * <p>
 * System properties: {@code conformance.full} sends all messages of sections 9, 12 and
 * 13; {@code conformance.patience} is the factor of all times that the server has (4, and
 * 1 is exactly the catalogue's); {@code conformance.cases} selects cases, such as
 * {@code 6.4,7}; {@code conformance.seed} makes the data files again of an earlier run.
 */
@NullMarked
package io.github.wsspring.conformance;

import org.jspecify.annotations.NullMarked;
