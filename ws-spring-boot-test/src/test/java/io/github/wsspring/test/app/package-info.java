/**
 * An application, and slices of it.
 */
@NullMarked
package io.github.wsspring.test.app;

import org.jspecify.annotations.NullMarked;
