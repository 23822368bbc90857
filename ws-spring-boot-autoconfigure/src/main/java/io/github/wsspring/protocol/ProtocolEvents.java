package io.github.wsspring.protocol;

/**
 * Takes what a {@link WebSocketProtocol} finds in the bytes of a peer. Called on the
 * thread that calls {@link WebSocketProtocol#receive}.
 */
public interface ProtocolEvents {

	/**
	 * A text message is complete.
	 * @param text the text, checked as UTF-8
	 */
	void onText(String text);

	/**
	 * A binary message is complete.
	 * @param data the bytes, owned by the receiver
	 */
	void onBinary(byte[] data);

	/**
	 * A message begins whose kind is wanted in parts.
	 * @param text whether it is text
	 */
	default void onBegin(boolean text) {
		throw new IllegalStateException("Messages in parts were not asked for");
	}

	/**
	 * A part of the message that has begun arrived.
	 * @param bytes holds the part, of a text checked as UTF-8 as far as that is possible:
	 * the last character may be cut; not to be used after the call
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @return {@code true} to go on, {@code false} to have
	 * {@link WebSocketProtocol#receive} return: at most a few parts, of some 16 KiB in
	 * all, follow before it does
	 */
	default boolean onPart(byte[] bytes, int from, int to) {
		throw new IllegalStateException("Messages in parts were not asked for");
	}

	/**
	 * The message that has begun is complete.
	 */
	default void onEnd() {
		throw new IllegalStateException("Messages in parts were not asked for");
	}

	/**
	 * A ping arrived; RFC 6455, section 5.5.2, wants a pong with the same payload.
	 * @param payload at most 125 bytes, owned by the receiver
	 */
	void onPing(byte[] payload);

	/**
	 * A pong arrived.
	 * @param payload at most 125 bytes, owned by the receiver
	 */
	void onPong(byte[] payload);

	/**
	 * The peer sent its close frame; nothing follows it.
	 * @param status its status, {@link CloseStatus#NO_STATUS} if it had none
	 */
	void onClose(CloseStatus status);

	/**
	 * The peer broke a rule; nothing follows.
	 * @param status the status to fail the connection with
	 */
	void onFailure(CloseStatus status);

}
