package io.github.wsspring.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes what a client sends (RFC 6455, sections 4.1 and 5.2).
 */
public final class ClientFrames {

	/** The flags of an unfragmented text message. */
	public static final int TEXT = 0x81;

	/** The flags of an unfragmented binary message. */
	public static final int BINARY = 0x82;

	private static final int MASKED = 0x80;

	private ClientFrames() {
	}

	/**
	 * A text message in one frame.
	 * @param text the text
	 * @param random makes the masking key
	 * @return the frame
	 */
	public static byte[] text(String text, Random random) {
		return frame(TEXT, text.getBytes(StandardCharsets.UTF_8), random);
	}

	/**
	 * A masked frame.
	 * @param flags its first octet
	 * @param payload what to mask
	 * @param random makes the masking key
	 * @return the frame
	 */
	public static byte[] frame(int flags, byte[] payload, Random random) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) flags);
		if (payload.length < 126) {
			frame.put((byte) (MASKED | payload.length));
		}
		else if (payload.length <= 0xffff) {
			frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (MASKED | 127)).putLong(payload.length);
		}
		byte[] key = new byte[4];
		random.nextBytes(key);
		frame.put(key);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ key[i & 3]));
		}
		byte[] bytes = new byte[frame.flip().remaining()];
		frame.get(bytes);
		return bytes;
	}

	/**
	 * An upgrade request.
	 * @param target path and query
	 * @param key the value of {@code Sec-WebSocket-Key}
	 * @return the head
	 */
	public static byte[] upgrade(String target, String key) {
		return ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Key: " + key + "\r\nSec-WebSocket-Version: 13\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

}
