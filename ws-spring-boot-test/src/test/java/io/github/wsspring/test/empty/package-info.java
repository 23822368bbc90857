/**
 * An application that has no endpoint.
 */
@NullMarked
package io.github.wsspring.test.empty;

import org.jspecify.annotations.NullMarked;
