package io.github.wsspring.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One frame (RFC 6455, section 5.2), legal or not.
 *
 * @param fin whether it ends its message
 * @param rsv the three reserved bits as a number, RSV1 is 4
 * @param opcode the opcode, 0-15
 * @param payload the octets, not masked
 */
record Frame(boolean fin, int rsv, int opcode, byte[] payload) {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	static final int RSV1 = 4;

	private static final byte[] NOTHING = {};

	static Frame of(int opcode, byte[] payload) {
		return new Frame(true, 0, opcode, payload);
	}

	static Frame of(int opcode, String payload) {
		return of(opcode, payload.getBytes(StandardCharsets.UTF_8));
	}

	static Frame text(String payload) {
		return of(TEXT, payload);
	}

	static Frame text(byte[] payload) {
		return of(TEXT, payload);
	}

	static Frame binary(byte[] payload) {
		return of(BINARY, payload);
	}

	static Frame continuation(String payload) {
		return of(CONTINUATION, payload);
	}

	static Frame continuation(byte[] payload) {
		return of(CONTINUATION, payload);
	}

	static Frame ping(String payload) {
		return of(PING, payload);
	}

	static Frame pong(String payload) {
		return of(PONG, payload);
	}

	static Frame close() {
		return of(CLOSE, NOTHING);
	}

	static Frame close(int code) {
		return close(code, NOTHING);
	}

	static Frame close(int code, String reason) {
		return close(code, reason.getBytes(StandardCharsets.UTF_8));
	}

	static Frame close(int code, byte[] reason) {
		return of(CLOSE, ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array());
	}

	/**
	 * This frame without FIN.
	 * @return the frame that others follow
	 */
	Frame more() {
		return new Frame(false, this.rsv, this.opcode, this.payload);
	}

	/**
	 * This frame with reserved bits.
	 * @param bits RSV1-3 as a number, RSV1 is 4
	 * @return the frame with them
	 */
	Frame reserved(int bits) {
		return new Frame(this.fin, bits, this.opcode, this.payload);
	}

	/**
	 * This frame cut into frames of a size; a payload that is a larger multiple of it is
	 * followed by an empty last frame. Reserved bits stay on the first.
	 * @param size the octets per frame, 0 for not at all
	 * @return the frames in order
	 */
	List<Frame> fragmented(int size) {
		if (size == 0 || this.payload.length <= size) {
			return List.of(this);
		}
		List<Frame> frames = new ArrayList<>();
		for (int from = 0; from <= this.payload.length; from += size) {
			int to = Math.min(this.payload.length, from + size);
			boolean first = from == 0;
			frames.add(new Frame(this.payload.length - from < size, first ? this.rsv : 0,
					first ? this.opcode : CONTINUATION, Arrays.copyOfRange(this.payload, from, to)));
		}
		return frames;
	}

	/**
	 * The octets of a client's frame.
	 * @return the frame masked with a fresh key
	 */
	byte[] masked() {
		byte[] key = new byte[4];
		ThreadLocalRandom.current().nextBytes(key);
		return encoded(key);
	}

	/**
	 * The octets of a server's frame.
	 * @return the frame without a mask
	 */
	byte[] unmasked() {
		return encoded(NOTHING);
	}

	private byte[] encoded(byte[] key) {
		int length = this.payload.length;
		ByteBuffer frame = ByteBuffer.allocate(10 + key.length + length);
		frame.put((byte) ((this.fin ? 0x80 : 0) | this.rsv << 4 | this.opcode));
		int mask = (key.length == 0) ? 0 : 0x80;
		if (length < 126) {
			frame.put((byte) (mask | length));
		}
		else if (length < 65536) {
			frame.put((byte) (mask | 126)).putShort((short) length);
		}
		else {
			frame.put((byte) (mask | 127)).putLong(length);
		}
		frame.put(key);
		int start = frame.position();
		frame.put(this.payload);
		byte[] octets = Arrays.copyOf(frame.array(), frame.position());
		if (key.length > 0) {
			for (int i = 0; i < length; i++) {
				octets[start + i] ^= key[i & 3];
			}
		}
		return octets;
	}

}
