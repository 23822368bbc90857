/**
 * A chat with rooms, and an echo: what an application looks like that uses the starter.
 */
@NullMarked
package io.github.wsspring.sample;

import org.jspecify.annotations.NullMarked;
