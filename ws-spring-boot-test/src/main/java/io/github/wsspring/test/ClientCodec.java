package io.github.wsspring.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of RFC 6455, section 5: messages to masked frames, and a server's
 * frames to messages, if they are legal. Does no I/O.
 */
final class ClientCodec {

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	/** How large a message may be. */
	static final int MAX_MESSAGE = 64 * 1024 * 1024;

	private static final int CONTINUATION = 0;

	private static final int MAX_CONTROL = 125;

	/** What was received and is not a whole frame yet. */
	private byte[] received = {};

	/** The fragments of the present message. */
	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	/** What kind of message is under way, {@link #CONTINUATION} for none. */
	private int kind = CONTINUATION;

	private boolean closed;

	/**
	 * A message or control frame as a client sends it.
	 * @param opcode what it is
	 * @param payload its bytes
	 * @param mask the masking key, to be chosen at random
	 * @return one masked frame
	 */
	static byte[] frame(int opcode, byte[] payload, int mask) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) (0x80 | opcode));
		if (payload.length <= MAX_CONTROL) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length <= 0xffff) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		frame.putInt(mask);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ mask >>> 8 * (3 - i % 4)));
		}
		return Arrays.copyOf(frame.array(), frame.position());
	}

	/**
	 * The payload of a close frame.
	 * @param status what to say; nothing for 1005
	 * @return code and reason
	 */
	static byte[] closePayload(CloseStatus status) {
		if (status.code() == CloseStatus.NO_STATUS.code()) {
			return new byte[0];
		}
		byte[] reason = status.reason().getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(2 + reason.length).putShort((short) status.code()).put(reason).array();
	}

	/**
	 * Takes bytes of the server.
	 * @param bytes the bytes
	 */
	void feed(ByteBuffer bytes) {
		int before = this.received.length;
		this.received = Arrays.copyOf(this.received, before + bytes.remaining());
		bytes.get(this.received, before, bytes.remaining());
	}

	/**
	 * What has come.
	 * @return the next message or control frame, {@code null} if it is not complete yet
	 * @throws AssertionError if the server has broken a rule of RFC 6455
	 */
	@Nullable Arrival next() {
		while (true) {
			ByteBuffer rest = ByteBuffer.wrap(this.received);
			Header header = header(rest);
			if (header == null || rest.remaining() < header.length()) {
				return null;
			}
			byte[] payload = new byte[header.length()];
			rest.get(payload);
			this.received = Arrays.copyOfRange(this.received, rest.position(), this.received.length);
			Arrival arrival = header.isControl() ? control(header.opcode(), payload) : data(header, payload);
			if (arrival != null) {
				return arrival;
			}
		}
	}

	private @Nullable Header header(ByteBuffer rest) {
		if (this.closed && rest.hasRemaining()) {
			throw violation("5.5.1", "it sent " + rest.remaining() + " bytes after its close frame");
		}
		if (rest.remaining() < 2) {
			return null;
		}
		int flags = rest.get() & 0xff;
		int length = rest.get() & 0xff;
		int opcode = flags & 0x0f;
		boolean last = (flags & 0x80) != 0;
		check((flags & 0x70) == 0, "5.2", "it set a reserved bit, but no extension was agreed on");
		check((length & 0x80) == 0, "5.1", "it masked a frame");
		check(opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG), "5.2", "there is no opcode " + opcode);
		if (opcode >= CLOSE) {
			check(last, "5.4", "it fragmented a control frame");
			check(length <= MAX_CONTROL, "5.5", "a control frame has more than 125 bytes");
		}
		else if (opcode == CONTINUATION) {
			check(this.kind != CONTINUATION, "5.4", "it continued a message that it had not begun");
		}
		else {
			check(this.kind == CONTINUATION, "5.4", "it began a message within another");
		}
		return header(rest, opcode, last, length);
	}

	private @Nullable Header header(ByteBuffer rest, int opcode, boolean last, int shortLength) {
		long length = shortLength;
		if (shortLength > MAX_CONTROL) {
			boolean two = shortLength == 126;
			if (rest.remaining() < (two ? 2 : 8)) {
				return null;
			}
			length = two ? rest.getShort() & 0xffff : rest.getLong();
			check(length < 0 || length > (two ? MAX_CONTROL : 0xffff), "5.2",
					"it wrote the length " + length + " in more bytes than it needs");
			check(length >= 0, "5.2", "the length of a frame is negative");
		}
		if (length > MAX_MESSAGE - this.message.size()) {
			throw new AssertionError("The server sent a message of more than " + MAX_MESSAGE
					+ " bytes, which is more than a WsTestClient takes");
		}
		return new Header(opcode, last, (int) length);
	}

	private @Nullable Arrival data(Header header, byte[] payload) {
		if (header.opcode() != CONTINUATION) {
			this.kind = header.opcode();
		}
		this.message.writeBytes(payload);
		if (!header.last()) {
			return null;
		}
		byte[] whole = this.message.toByteArray();
		this.message.reset();
		boolean text = this.kind == TEXT;
		this.kind = CONTINUATION;
		return text ? new Arrival.Text(decode(whole, "8.1", "a text")) : new Arrival.Binary(whole);
	}

	private Arrival control(int opcode, byte[] payload) {
		if (opcode == PING) {
			return new Arrival.Ping(payload);
		}
		if (opcode == PONG) {
			return new Arrival.Pong(payload);
		}
		this.closed = true;
		if (payload.length == 0) {
			return new Arrival.Close(CloseStatus.NO_STATUS);
		}
		check(payload.length > 1, "5.5.1", "its close frame has half of a code");
		int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
		String reason = decode(Arrays.copyOfRange(payload, 2, payload.length), "5.5.1", "the reason of a close frame");
		boolean legal = code >= 1000 && code < 5000 && new CloseStatus(code, "").isSendable();
		check(legal, "7.4", "its close frame has the code " + code);
		return new Arrival.Close(new CloseStatus(code, reason));
	}

	private static String decode(byte[] bytes, String section, String what) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw violation(section, what + " is not UTF-8");
		}
	}

	private static void check(boolean legal, String section, String what) {
		if (!legal) {
			throw violation(section, what);
		}
	}

	private static AssertionError violation(String section, String what) {
		return new AssertionError("The server broke RFC 6455, section " + section + ": " + what);
	}

	private record Header(int opcode, boolean last, int length) {

		boolean isControl() {
			return this.opcode >= CLOSE;
		}

	}

}
