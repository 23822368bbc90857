/**
 * Fuzz tests: whatever a peer sends, there is no undocumented exception, no more memory
 * than the limits say, and the same outcome however the bytes are cut.
 * <p>
 * Each build plays the saved inputs, which are in the test resources next to the classes;
 * {@code ./mvnw test -Pfuzz -Dfuzz.seconds=600} looks for new ones. A finding is saved
 * there by itself and stays as a regression test. Fuzz tests of what only its own package
 * can see live in that package.
 */
@NullMarked
package io.github.wsspring.fuzz;

import org.jspecify.annotations.NullMarked;
