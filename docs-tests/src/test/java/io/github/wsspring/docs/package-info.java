/**
 * Tests for what the README and the pages under {@code docs} show.
 */
@NullMarked
package io.github.wsspring.docs;

import org.jspecify.annotations.NullMarked;
