package io.github.wsspring.protocol;

/**
 * What happens to the payload of messages between the application and the wire. Belongs
 * to one connection and its thread, but for {@link #prepare}.
 */
public sealed interface Compression permits Compression.None, PerMessageDeflate {

	/** Messages travel as they are. */
	Compression NONE = new None();

	/**
	 * Whether a peer may mark a message as compressed (the RSV1 bit of RFC 7692, section
	 * 6).
	 * @return {@code true} if compression was agreed on
	 */
	boolean isNegotiated();

	/**
	 * The frame of a message, as far as it is the same for all sessions that agreed on
	 * the same. May be called from any thread.
	 * @param message the message
	 * @return the frame; {@link #finish} has to follow, on the connection's thread
	 */
	Frame prepare(PreparedMessage message);

	/**
	 * Makes the frame that goes out on this very connection.
	 * @param frame a frame that was prepared; they have to come in the order of the wire
	 * @return the frame itself, or another one in its place
	 */
	Frame finish(Frame frame);

	/**
	 * Restores a piece of a compressed message.
	 * @param bytes holds the piece
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @param last whether this piece ends the message
	 * @param target takes what comes out
	 * @return the index after the last byte that was used: {@code to} unless the target
	 * wants no more for now; what follows from there has to be given again, with the same
	 * {@code last}
	 * @throws ProtocolException if the piece is no DEFLATE data, or the target says so
	 */
	int inflate(byte[] bytes, int from, int to, boolean last, Target target) throws ProtocolException;

	/**
	 * Gives everything back. May be called more than once; nothing else may follow.
	 */
	void close();

	/** Takes restored bytes. */
	interface Target {

		/**
		 * Takes the next bytes.
		 * @param bytes holds the bytes; not to be used after the call
		 * @param length how many of them count
		 * @return {@code false} to have {@link Compression#inflate} return as soon as it
		 * can; a few kilobytes may still follow
		 * @throws ProtocolException if they are too many or not what they should be
		 */
		boolean take(byte[] bytes, int length) throws ProtocolException;

	}

	/** See {@link Compression#NONE}. */
	final class None implements Compression {

		private None() {
		}

		@Override
		public boolean isNegotiated() {
			return false;
		}

		@Override
		public Frame prepare(PreparedMessage message) {
			return message.frame();
		}

		@Override
		public Frame finish(Frame frame) {
			return frame;
		}

		@Override
		public int inflate(byte[] bytes, int from, int to, boolean last, Target target) {
			throw new IllegalStateException("Compression was not agreed on");
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
