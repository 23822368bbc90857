/**
 * The same chat, written for this starter and for others, as {@code docs/comparison.md}
 * compares them.
 */
@NullMarked
package io.github.wsspring.comparison;

import org.jspecify.annotations.NullMarked;
