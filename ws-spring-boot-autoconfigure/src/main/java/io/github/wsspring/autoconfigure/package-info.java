/**
 * Properties and wiring: turns {@code ws.*} into the options of the floors below and puts
 * their parts together.
 * <p>
 * This floor knows Spring Boot, the names of the properties and all floors below. It must
 * not know how anything is done. It runs once, on the thread that refreshes the
 * application context.
 */
@NullMarked
package io.github.wsspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
