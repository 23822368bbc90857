package io.github.wsspring.interop;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client of other people.
 */
interface Client {

	/**
	 * Opens a session.
	 * @param uri where to
	 * @param inbox takes what arrives
	 * @return the session
	 * @throws Exception if it cannot be opened
	 */
	Session connect(URI uri, Inbox inbox) throws Exception;

	/**
	 * Ends the client and its threads.
	 * @throws Exception if it fails
	 */
	default void stop() throws Exception {
	}

	/** One open session. Methods that a client cannot offer are not called. */
	interface Session {

		/**
		 * What was agreed on.
		 * @return the server's {@code Sec-WebSocket-Extensions}, if there is one
		 */
		@Nullable String extensions();

		void text(String text) throws Exception;

		void binary(byte[] data) throws Exception;

		/**
		 * Sends one text message in a frame for each part.
		 * @param parts the parts
		 * @throws Exception if it cannot be sent
		 */
		default void fragments(String... parts) throws Exception {
			throw new UnsupportedOperationException();
		}

		default void ping(byte[] payload) throws Exception {
			throw new UnsupportedOperationException();
		}

		void close(int code, String reason) throws Exception;

	}

}
