/**
 * Servers and benchmarks that measure the starter as applications use it.
 */
@NullMarked
package io.github.wsspring.benchmarks;

import org.jspecify.annotations.NullMarked;
