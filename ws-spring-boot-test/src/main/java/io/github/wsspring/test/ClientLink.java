package io.github.wsspring.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The bytes between client and server, whatever is between them. Used by one thread.
 */
interface ClientLink {

	/**
	 * Reads what is there, or waits for it.
	 * @param target takes the bytes
	 * @param timeout how long to wait at most
	 * @return how many bytes were read, possibly 0, -1 if the server will send no more
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer target, Duration timeout) throws IOException;

	/**
	 * Writes what there is room for, or waits for room.
	 * @param source holds the bytes
	 * @param timeout how long to wait at most
	 * @return how many bytes were taken, possibly 0
	 * @throws IOException if the connection is broken
	 */
	int write(ByteBuffer source, Duration timeout) throws IOException;

	/** Ends the connection; what was written still arrives. */
	void close();

	/** Ends the connection at once, so that the server finds it broken. */
	void reset();

}
