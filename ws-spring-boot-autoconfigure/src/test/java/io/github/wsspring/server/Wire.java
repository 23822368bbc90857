package io.github.wsspring.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client writes and reads, in a few lines of its own.
 */
final class Wire {

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	private Wire() {
	}

	static byte[] upgrade(String path, String... headers) {
		StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
				+ "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return ascii(head.append("\r\n").toString());
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static byte[] text(String text) {
		return frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static byte[] ping(String payload) {
		return frame(0x80 | PING, ascii(payload));
	}

	static byte[] pong(String payload) {
		return frame(0x80 | PONG, ascii(payload));
	}

	static byte[] close(int code, String reason) {
		byte[] words = reason.getBytes(StandardCharsets.UTF_8);
		return frame(0x80 | CLOSE, ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
	}

	/** A masked frame. */
	static byte[] frame(int flags, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) flags);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length < 65536) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		byte[] key = { 0x37, (byte) 0xfa, 0x21, 0x3d };
		frame.put(key);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ key[i % 4]));
		}
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		return bytes;
	}

	static byte[] join(byte[]... parts) {
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		ByteBuffer joined = ByteBuffer.allocate(length);
		for (byte[] part : parts) {
			joined.put(part);
		}
		return joined.array();
	}

	/** The frames of a server; what is left at the end has to be less than a frame. */
	static List<String> frames(byte[] bytes) {
		List<String> frames = new ArrayList<>();
		ByteBuffer rest = ByteBuffer.wrap(bytes);
		while (rest.remaining() >= 2) {
			rest.mark();
			int flags = rest.get() & 0xff;
			int length = rest.get() & 0xff;
			int extended = (length == 126) ? 2 : (length == 127) ? 8 : 0;
			if (rest.remaining() < extended) {
				break;
			}
			if (extended > 0) {
				length = (extended == 2) ? rest.getShort() & 0xffff : (int) rest.getLong();
			}
			if (rest.remaining() < length) {
				break;
			}
			byte[] payload = new byte[length];
			rest.get(payload);
			frames.add(describe(flags, payload));
		}
		return frames;
	}

	private static String describe(int flags, byte[] payload) {
		return switch (flags) {
			case 0x80 | TEXT -> "text " + new String(payload, StandardCharsets.UTF_8);
			case 0x80 | BINARY -> "binary " + payload.length;
			case 0x80 | PING -> ("ping " + new String(payload, StandardCharsets.ISO_8859_1)).stripTrailing();
			case 0x80 | PONG -> "pong " + new String(payload, StandardCharsets.ISO_8859_1);
			case 0x80 | CLOSE -> (payload.length == 0) ? "close" : "close " + ByteBuffer.wrap(payload).getShort()
					+ (" " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8)).stripTrailing();
			default -> throw new AssertionError("A frame begins with " + Integer.toHexString(flags));
		};
	}

}
