/**
 * Whole applications in processes of their own, measured from outside, and what is
 * written about them.
 */
@NullMarked
package io.github.wsspring.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
