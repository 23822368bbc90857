/**
 * The server in an application context: its life, its threads for handlers, its events
 * and its log.
 * <p>
 * This floor knows Spring's contexts and the engine as a whole. It must not know
 * endpoints, annotations or how properties are bound; it names properties in messages
 * only. It runs on the threads that start and stop the context, except for the
 * {@link io.github.wsspring.context.LoggingServerListener}, which the engine calls from
 * all of its own.
 */
@NullMarked
package io.github.wsspring.context;

import org.jspecify.annotations.NullMarked;
