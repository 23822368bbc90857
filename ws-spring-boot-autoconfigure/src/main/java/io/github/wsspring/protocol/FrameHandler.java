package io.github.wsspring.protocol;

/**
 * Takes what a {@link FrameDecoder} reads: for each frame its header, then its payload in
 * one or more pieces.
 */
interface FrameHandler {

	/**
	 * A header was read; nothing of the payload was looked at yet.
	 * @param flags the first octet: FIN, RSV1-3 and opcode
	 * @param length the length of the payload in bytes
	 * @throws ProtocolException if such a frame is not allowed here
	 */
	void onHeader(int flags, long length) throws ProtocolException;

	/**
	 * A piece of the payload was read, possibly empty.
	 * @param bytes holds the piece, unmasked; not to be used after the call
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @param last whether this piece ends the frame
	 * @return the index after the last byte that was taken: {@code to}, or less if the
	 * decoder was stopped
	 * @throws ProtocolException if such a payload is not allowed here
	 */
	int onPayload(byte[] bytes, int from, int to, boolean last) throws ProtocolException;

}
