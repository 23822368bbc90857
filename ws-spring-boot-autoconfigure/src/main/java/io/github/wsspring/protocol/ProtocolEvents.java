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
