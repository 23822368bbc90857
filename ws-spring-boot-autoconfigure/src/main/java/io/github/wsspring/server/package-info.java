/**
 * Where transport, handshake and protocol meet: the engine as the floors above use it.
 * <p>
 * This floor knows connections, sessions, topics, heartbeat, who may connect and how long
 * things may take. It must not know Spring, beans, annotations or JSON, and it reports to
 * a {@link io.github.wsspring.server.ServerListener} instead of logging. A connection
 * belongs to one event loop; only what {@link io.github.wsspring.server.Session} offers
 * may be called from other threads.
 */
@NullMarked
package io.github.wsspring.server;

import org.jspecify.annotations.NullMarked;
