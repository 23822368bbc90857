/**
 * The starter against clients of other people: {@link InteropTests} is the table, and
 * each client has one small adapter.
 */
@NullMarked
package io.github.wsspring.interop;

import org.jspecify.annotations.NullMarked;
