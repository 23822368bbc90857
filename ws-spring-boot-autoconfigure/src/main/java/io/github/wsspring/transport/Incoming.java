package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A connection that no event loop has taken over yet, whichever way it came.
 */
public interface Incoming {

	/**
	 * Where the peer is.
	 * @return the address at the other end
	 * @throws IOException if the connection is gone already
	 */
	InetSocketAddress remoteAddress() throws IOException;

	/**
	 * Has an event loop take the connection over. To be called once, on that loop.
	 * @param loop the loop
	 * @param readiness called when the connection can go on
	 * @return its transport, interested in reading
	 * @throws IOException if the connection is gone already
	 */
	Transport open(EventLoop loop, Transport.Readiness readiness) throws IOException;

	/**
	 * Ends the connection instead of having it taken over. May be called from any thread.
	 * @throws IOException if that fails
	 */
	void close() throws IOException;

}
