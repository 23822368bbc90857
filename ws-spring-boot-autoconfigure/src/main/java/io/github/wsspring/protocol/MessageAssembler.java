package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes messages of frames and holds them to the rules of RFC 6455, sections 5.4 to 5.6:
 * fragments, control frames, reserved bits, sizes, UTF-8.
 * <p>
 * A message that arrives whole becomes its {@code String} or {@code byte[]} straight from
 * the read buffer. One that arrives in pieces is gathered in a buffer that grows with
 * what has arrived, not with what was announced. A message of a kind that is wanted in
 * parts is checked in the same way, but passed on as it arrives.
 */
final class MessageAssembler implements FrameHandler, Compression.Target {

	private static final int FIN = 0x80;

	private static final int RESERVED_BITS = 0x70;

	/**
	 * RSV1, which marks the first frame of a compressed message (RFC 7692, section 6).
	 */
	private static final int COMPRESSED = 0x40;

	private static final int OPCODE = 0x0f;

	private static final int MAX_CONTROL_PAYLOAD = 125;

	private static final int NO_MESSAGE = 0;

	private static final byte[] EMPTY = {};

	private final ProtocolLimits limits;

	private final Compression compression;

	private final TextWorkspace workspace;

	private final ProtocolEvents events;

	/** Whether text messages are wanted in parts. */
	private final boolean textInParts;

	private final boolean binaryInParts;

	/** First octet of the current frame. */
	private short flags;

	/** Opcode of the current message's first frame, {@link #NO_MESSAGE} between two. */
	private byte messageOpcode = NO_MESSAGE;

	private boolean compressed;

	/** Whether the current message is passed on as it arrives. */
	private boolean passedOn;

	private int fragments;

	/** What the frames of the current message announced so far. */
	private long announced;

	/** What arrived of the current message so far, and has been put aside. */
	private byte[] gathered = EMPTY;

	/** How much arrived of the current message so far, and was put aside or passed on. */
	private int gatheredLength;

	private int utf8 = Utf8.COMPLETE;

	/** What arrived so far of a control frame that is cut in pieces. */
	private byte[] control = EMPTY;

	MessageAssembler(ProtocolLimits limits, Compression compression, MessageKinds inParts, TextWorkspace workspace,
			ProtocolEvents events) {
		this.limits = limits;
		this.compression = compression;
		this.workspace = workspace;
		this.events = events;
		this.textInParts = inParts.text();
		this.binaryInParts = inParts.binary();
	}

	@Override
	public void onHeader(int flags, long length) throws ProtocolException {
		this.flags = (short) flags;
		int opcode = flags & OPCODE;
		// RFC 6455 5.2: RSV "MUST be 0 unless an extension is negotiated that defines
		// meanings for non-zero values"
		if ((flags & RESERVED_BITS) != 0 && !marksCompressedMessage(flags)) {
			throw ProtocolException.protocolError("reserved bit is set");
		}
		switch (opcode) {
			case Opcode.TEXT, Opcode.BINARY -> beginMessage(opcode, length);
			case Opcode.CONTINUATION -> continueMessage(length);
			case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> checkControlFrame(length);
			default -> throw ProtocolException.protocolError("opcode " + opcode + " is reserved");
		}
	}

	// RFC 7692 6.1: "only the first fragment", never a control frame
	private boolean marksCompressedMessage(int flags) {
		int opcode = flags & OPCODE;
		return this.compression.isNegotiated() && (flags & RESERVED_BITS) == COMPRESSED
				&& (opcode == Opcode.TEXT || opcode == Opcode.BINARY);
	}

	private void beginMessage(int opcode, long length) throws ProtocolException {
		if (this.messageOpcode != NO_MESSAGE) {
			throw ProtocolException.protocolError("new message begins before the last one ended");
		}
		this.messageOpcode = (byte) opcode;
		this.compressed = (this.flags & COMPRESSED) != 0;
		this.fragments = 1;
		this.announced = 0;
		announce(length);
		this.passedOn = (opcode == Opcode.TEXT) ? this.textInParts : this.binaryInParts;
		if (this.passedOn) {
			this.events.onBegin(opcode == Opcode.TEXT);
		}
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
		if (length > allowed(this.limits.maxFrameSize())) {
			throw ProtocolException
				.tooBig("frame of " + length + " bytes is over the limit of " + this.limits.maxFrameSize());
		}
		if (this.announced + length > allowed(this.limits.maxMessageSize())) {
			throw ProtocolException.tooBig("message of " + (this.announced + length)
					+ " bytes or more is over the limit of " + this.limits.maxMessageSize());
		}
		this.announced += length;
	}

	/**
	 * How many bytes may travel: what cannot be compressed gets longer by trying, by five
	 * bytes for each block of at least a few hundred.
	 */
	private long allowed(int limit) {
		return this.compressed ? (long) limit + (limit >> 6) + 64 : limit;
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
	public int onPayload(byte[] bytes, int from, int to, boolean last) throws ProtocolException {
		if (Opcode.isControl(this.flags & OPCODE)) {
			onControlPayload(bytes, from, to, last);
			return to;
		}
		return onDataPayload(bytes, from, to, last && (this.flags & FIN) != 0);
	}

	private int onDataPayload(byte[] bytes, int from, int to, boolean end) throws ProtocolException {
		if (this.compressed) {
			int used = this.compression.inflate(bytes, from, to, end, this);
			if (used < to) {
				return used;
			}
		}
		else if (this.passedOn) {
			passOn(bytes, from, to);
		}
		else if (end && this.gatheredLength == 0) {
			deliverWhole(bytes, from, to);
			return to;
		}
		else {
			gather(bytes, from, to);
		}
		if (end) {
			endMessage();
		}
		return to;
	}

	/** Takes what was compressed; its size is known only now. */
	@Override
	public boolean take(byte[] bytes, int length) throws ProtocolException {
		if (length > this.limits.maxMessageSize() - this.gatheredLength) {
			// without a size: how much was restored so far depends on how the bytes were
			// cut
			throw ProtocolException
				.tooBig("message is over the limit of " + this.limits.maxMessageSize() + " bytes once inflated");
		}
		if (this.passedOn) {
			return passOn(bytes, 0, length);
		}
		gather(bytes, 0, length);
		return true;
	}

	/** Returns whether more is wanted at once. */
	private boolean passOn(byte[] bytes, int from, int to) throws ProtocolException {
		checkUtf8(bytes, from, to);
		this.gatheredLength += to - from;
		return to == from || this.events.onPart(bytes, from, to);
	}

	private void deliverWhole(byte[] bytes, int from, int to) throws ProtocolException {
		if (this.messageOpcode == Opcode.BINARY) {
			this.messageOpcode = NO_MESSAGE;
			this.events.onBinary(Arrays.copyOfRange(bytes, from, to));
			return;
		}
		String text = Utf8Strings.decode(bytes, from, to, this.workspace);
		if (text == null) {
			throw ProtocolException.notUtf8("text");
		}
		this.messageOpcode = NO_MESSAGE;
		this.events.onText(text);
	}

	private void checkUtf8(byte[] bytes, int from, int to) throws ProtocolException {
		if (this.messageOpcode == Opcode.TEXT) {
			this.utf8 = Utf8.check(this.utf8, bytes, from, to);
			if (this.utf8 == Utf8.INVALID) {
				throw ProtocolException.notUtf8("text");
			}
		}
	}

	private void gather(byte[] bytes, int from, int to) throws ProtocolException {
		checkUtf8(bytes, from, to);
		int length = to - from;
		if (length > this.gathered.length - this.gatheredLength) {
			grow(this.gatheredLength + length);
		}
		System.arraycopy(bytes, from, this.gathered, this.gatheredLength, length);
		this.gatheredLength += length;
	}

	/** What a frame announced is believed up to four times what has arrived. */
	private void grow(int needed) {
		boolean sizeKnown = (this.flags & FIN) != 0 && !this.compressed;
		long capacity = sizeKnown ? Math.min(4L * needed, this.announced) : 2L * needed;
		int allowed = (int) Math.min(capacity, this.limits.maxMessageSize());
		this.gathered = Arrays.copyOf(this.gathered, Math.max(allowed, needed));
	}

	private void endMessage() throws ProtocolException {
		if (this.utf8 != Utf8.COMPLETE) {
			throw ProtocolException.notUtf8("text");
		}
		if (this.passedOn) {
			this.messageOpcode = NO_MESSAGE;
			this.gatheredLength = 0;
			this.events.onEnd();
		}
		else {
			deliverGathered();
		}
	}

	private void deliverGathered() {
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
