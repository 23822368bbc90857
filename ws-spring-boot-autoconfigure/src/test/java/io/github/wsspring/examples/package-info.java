/**
 * What we show to users, as they would write it.
 */
@NullMarked
package io.github.wsspring.examples;

import org.jspecify.annotations.NullMarked;
