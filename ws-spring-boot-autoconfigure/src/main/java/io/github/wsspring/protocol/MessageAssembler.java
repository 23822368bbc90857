package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes messages of frames and holds them to the rules of RFC 6455, sections 5.4 to 5.6:
 * fragments, control frames, reserved bits, sizes, UTF-8.
 * <p>
 * A message that arrives whole becomes its {@code String} or {@code byte[]} straight from
 * the read buffer. One that arrives in pieces is gathered in a buffer that grows with
 * what has arrived, not with what was announced.
 */
final class MessageAssembler implements FrameHandler {

	private static final int FIN = 0x80;

	private static final int RESERVED_BITS = 0x70;

	private static final int OPCODE = 0x0f;

	private static final int MAX_CONTROL_PAYLOAD = 125;

	private static final int NO_MESSAGE = 0;

	private static final byte[] EMPTY = {};

	private final ProtocolLimits limits;

	private final ProtocolEvents events;

	/** First octet of the current frame. */
	private int flags;

	/** Opcode of the current message's first frame, {@link #NO_MESSAGE} between two. */
	private int messageOpcode = NO_MESSAGE;

	private int fragments;

	/** What the frames of the current message announced so far. */
	private int announced;

	/** What arrived of the current message so far, and has been put aside. */
	private byte[] gathered = EMPTY;

	private int gatheredLength;

	private int utf8 = Utf8.COMPLETE;

	/** What arrived so far of a control frame that is cut in pieces. */
	private byte[] control = EMPTY;

	MessageAssembler(ProtocolLimits limits, ProtocolEvents events) {
		this.limits = limits;
		this.events = events;
	}

	@Override
	public void onHeader(int flags, long length) throws ProtocolException {
		this.flags = flags;
		int opcode = flags & OPCODE;
		// RFC 6455 5.2: RSV "MUST be 0 unless an extension is negotiated that defines
		// meanings for non-zero values"
		if ((flags & RESERVED_BITS) != 0) {
			throw ProtocolException.protocolError("reserved bit is set");
		}
		switch (opcode) {
			case Opcode.TEXT, Opcode.BINARY -> beginMessage(opcode, length);
			case Opcode.CONTINUATION -> continueMessage(length);
			case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> checkControlFrame(length);
			default -> throw ProtocolException.protocolError("opcode " + opcode + " is reserved");
		}
	}

	private void beginMessage(int opcode, long length) throws ProtocolException {
		if (this.messageOpcode != NO_MESSAGE) {
			throw ProtocolException.protocolError("new message begins before the last one ended");
		}
		this.messageOpcode = opcode;
		this.fragments = 1;
		this.announced = 0;
		announce(length);
	}

	private void continueMessage(long length) throws ProtocolException {
		if (this.messageOpcode == NO_MESSAGE) {
			throw ProtocolException.protocolError("continuation without a message");
		}
		if (++this.fragments > this.limits.maxFragments()) {
			throw ProtocolException.tooBig("message has more than " + this.limits.maxFragments() + " fragments");
		}
		announce(length);
	}

	private void announce(long length) throws ProtocolException {
		if (length > this.limits.maxFrameSize()) {
			throw ProtocolException
				.tooBig("frame of " + length + " bytes is over the limit of " + this.limits.maxFrameSize());
		}
		if (length > this.limits.maxMessageSize() - this.announced) {
			throw ProtocolException.tooBig("message of " + (this.announced + length)
					+ " bytes or more is over the limit of " + this.limits.maxMessageSize());
		}
		this.announced += (int) length;
	}

	// RFC 6455 5.5: "All control frames MUST have a payload length of 125 bytes or less
	// and MUST NOT be fragmented."
	private void checkControlFrame(long length) throws ProtocolException {
		if ((this.flags & FIN) == 0) {
			throw ProtocolException.protocolError("control frame is fragmented");
		}
		if (length > MAX_CONTROL_PAYLOAD) {
			throw ProtocolException.protocolError("control frame of " + length + " bytes is over the limit of 125");
		}
	}

	@Override
	public void onPayload(byte[] bytes, int from, int to, boolean last) throws ProtocolException {
		if (Opcode.isControl(this.flags & OPCODE)) {
			onControlPayload(bytes, from, to, last);
		}
		else if (last && (this.flags & FIN) != 0 && this.gatheredLength == 0 && this.utf8 == Utf8.COMPLETE) {
			deliverWhole(bytes, from, to);
		}
		else {
			gather(bytes, from, to);
			if (last && (this.flags & FIN) != 0) {
				deliverGathered();
			}
		}
	}

	private void deliverWhole(byte[] bytes, int from, int to) throws ProtocolException {
		if (this.messageOpcode == Opcode.BINARY) {
			this.messageOpcode = NO_MESSAGE;
			this.events.onBinary(Arrays.copyOfRange(bytes, from, to));
			return;
		}
		// The JDK replaces what is not UTF-8 by U+FFFD, so only a text that holds one can
		// be wrong.
		String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
		if (text.indexOf('\uFFFD') >= 0 && !Utf8.isValid(bytes, from, to)) {
			throw ProtocolException.notUtf8("text");
		}
		this.messageOpcode = NO_MESSAGE;
		this.events.onText(text);
	}

	private void gather(byte[] bytes, int from, int to) throws ProtocolException {
		if (this.messageOpcode == Opcode.TEXT) {
			this.utf8 = Utf8.check(this.utf8, bytes, from, to);
			if (this.utf8 == Utf8.INVALID) {
				throw ProtocolException.notUtf8("text");
			}
		}
		int length = to - from;
		if (length > this.gathered.length - this.gatheredLength) {
			grow(this.gatheredLength + length);
		}
		System.arraycopy(bytes, from, this.gathered, this.gatheredLength, length);
		this.gatheredLength += length;
	}

	private void grow(int needed) {
		int twice = Math.min(2 * needed, this.limits.maxMessageSize());
		boolean lastFrame = (this.flags & FIN) != 0;
		int capacity = lastFrame ? Math.min(twice, this.announced) : twice;
		this.gathered = Arrays.copyOf(this.gathered, Math.max(capacity, needed));
	}

	private void deliverGathered() throws ProtocolException {
		if (this.utf8 != Utf8.COMPLETE) {
			throw ProtocolException.notUtf8("text");
		}
		byte[] bytes = this.gathered;
		int length = this.gatheredLength;
		boolean text = this.messageOpcode == Opcode.TEXT;
		this.messageOpcode = NO_MESSAGE;
		this.gathered = EMPTY;
		this.gatheredLength = 0;
		if (text) {
			this.events.onText(new String(bytes, 0, length, StandardCharsets.UTF_8));
		}
		else {
			this.events.onBinary((bytes.length == length) ? bytes : Arrays.copyOf(bytes, length));
		}
	}

	private void onControlPayload(byte[] bytes, int from, int to, boolean last) throws ProtocolException {
		byte[] payload = join(this.control, bytes, from, to);
		this.control = last ? EMPTY : payload;
		if (!last) {
			return;
		}
		switch (this.flags & OPCODE) {
			case Opcode.PING -> this.events.onPing(payload);
			case Opcode.PONG -> this.events.onPong(payload);
			default -> this.events.onClose(CloseFrame.parse(payload));
		}
	}

	private static byte[] join(byte[] head, byte[] bytes, int from, int to) {
		byte[] joined = Arrays.copyOf(head, head.length + to - from);
		System.arraycopy(bytes, from, joined, head.length, to - from);
		return joined;
	}

	@Override
	public String toString() {
		return (this.messageOpcode == NO_MESSAGE) ? "between messages"
				: "in fragment " + this.fragments + ", " + this.gatheredLength + " bytes gathered";
	}

}
