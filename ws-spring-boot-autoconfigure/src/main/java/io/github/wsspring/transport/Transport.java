package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection, whatever is between us and the wire. Belongs to one event
 * loop.
 */
public interface Transport {

	/**
	 * Reads what is there.
	 * @param target takes the bytes
	 * @return how many bytes were read, 0 for none at present, -1 if the peer will send
	 * no more
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer target) throws IOException;

	/**
	 * Writes what the socket takes.
	 * @param source holds the bytes
	 * @return how many bytes were taken
	 * @throws IOException if the connection is broken
	 */
	int write(ByteBuffer source) throws IOException;

	/**
	 * Whether bytes that were taken have yet to get to the socket.
	 * @return {@code true} if the end of the connection has to wait for them
	 */
	default boolean hasUnsent() {
		return false;
	}

	/**
	 * Says what to be called for.
	 * @param read whether bytes are wanted
	 * @param write whether there are bytes that the socket did not take
	 */
	void interest(boolean read, boolean write);

	/**
	 * Tells the peer that no more bytes will come; it can still send.
	 * @throws IOException if the connection is broken
	 */
	void shutdownOutput() throws IOException;

	/**
	 * Whether the connection was not closed here.
	 * @return {@code false} after {@link #close()}
	 */
	boolean isOpen();

	/**
	 * Ends the connection at once. May be called more than once.
	 */
	void close();

	/**
	 * Where the peer is.
	 * @return the address at the other end of the socket
	 */
	InetSocketAddress remoteAddress();

	/**
	 * Called by the event loop when a socket can go on.
	 */
	interface Readiness {

		/** There are bytes to read, or the end of them. */
		void onReadable();

		/** The socket takes bytes again. */
		void onWritable();

	}

}
