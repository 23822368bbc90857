package io.github.wsspring.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the frames of a client (RFC 6455, section 5.2) from bytes that may be cut
 * anywhere, and unmasks them in place. Knows bits, not rules.
 *
 * <pre>
 *  octet 0           octet 1           0, 2 or 8 octets   4 octets      length octets
 * +-----------------+-----------------+------------------+-------------+--------------
 * | FIN RSV opcode  | MASK  length    | extended length  | masking key | payload
 * +-----------------+-----------------+------------------+-------------+--------------
 * </pre>
 */
final class FrameDecoder {

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final int MASK_BIT = 0x80;

	private static final int LENGTH_16 = 126;

	private static final int LENGTH_64 = 127;

	private static final int MASKING_KEY = 4;

	private final FrameHandler handler;

	/** How many octets of the current header were read; -1 while in a payload. */
	private int headerOctets;

	private int flags;

	/** The seven bits of octet 1; a byte, as an idle connection pays for its size. */
	private byte shortLength;

	/** The length as far as it is known; in a payload what is missing of it. */
	private long remaining;

	private int maskingKey;

	private boolean stopped;

	FrameDecoder(FrameHandler handler) {
		this.handler = handler;
	}

	/**
	 * Makes {@link #decode} return after the piece that the handler was given. To be
	 * called by the handler.
	 */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Reads on.
	 * @param bytes holds the bytes that arrived; their payloads will be unmasked
	 * @param from the index of the first one
	 * @param to the index after the last one
	 * @return the index after the last byte that was read: {@code to} unless
	 * {@link #stop()} was called
	 * @throws ProtocolException if the bytes break a rule
	 */
	int decode(byte[] bytes, int from, int to) throws ProtocolException {
		this.stopped = false;
		int at = from;
		while (at < to && !this.stopped) {
			if (this.headerOctets >= 0) {
				at = readHeader(bytes, at, to);
				if (this.headerOctets >= 0) {
					return at;
				}
				this.handler.onHeader(this.flags, this.remaining);
				if (this.remaining > 0 && at == to) {
					return at;
				}
			}
			at = readPayload(bytes, at, to);
		}
		return at;
	}

	private int readPayload(byte[] bytes, int from, int to) throws ProtocolException {
		int length = (int) Math.min(this.remaining, to - from);
		int key = this.maskingKey;
		Masking.apply(bytes, from, from + length, key);
		this.maskingKey = Masking.advance(key, length);
		this.remaining -= length;
		boolean last = this.remaining == 0;
		if (last) {
			this.headerOctets = 0;
		}
		int taken = this.handler.onPayload(bytes, from, from + length, last);
		if (taken < from + length) {
			giveBack(bytes, taken, from + length, Masking.advance(key, taken - from));
		}
		return taken;
	}

	/** Makes the end of a payload what it was before it was read. */
	private void giveBack(byte[] bytes, int from, int to, int key) {
		Masking.apply(bytes, from, to, key);
		this.maskingKey = key;
		this.remaining += to - from;
		this.headerOctets = -1;
	}

	private int readHeader(byte[] bytes, int from, int to) throws ProtocolException {
		int available = to - from;
		if (this.headerOctets == 0 && available >= 2 + MASKING_KEY) {
			readFirstOctets(bytes[from], bytes[from + 1]);
			if (this.shortLength < LENGTH_16) {
				return finishHeader(bytes, from + 2);
			}
			if (this.shortLength == LENGTH_16 && available >= 4 + MASKING_KEY) {
				this.remaining = (short) SHORT.get(bytes, from + 2) & 0xffff;
				return finishHeader(bytes, from + 4);
			}
			if (this.shortLength == LENGTH_64 && available >= 10 + MASKING_KEY) {
				this.remaining = (long) LONG.get(bytes, from + 2);
				return finishHeader(bytes, from + 10);
			}
		}
		return readHeaderByOctets(bytes, from, to);
	}

	private void readFirstOctets(byte first, byte second) throws ProtocolException {
		// RFC 6455 5.1: "The server MUST close the connection upon receiving a frame that
		// is not masked."
		if ((second & MASK_BIT) == 0) {
			throw ProtocolException.protocolError("frame is not masked");
		}
		this.flags = first & 0xff;
		this.shortLength = (byte) (second & 0x7f);
		this.remaining = this.shortLength;
	}

	private int finishHeader(byte[] bytes, int at) throws ProtocolException {
		this.maskingKey = (int) INT.get(bytes, at);
		checkLength();
		this.headerOctets = -1;
		return at + MASKING_KEY;
	}

	private void checkLength() throws ProtocolException {
		// RFC 6455 5.2: "the minimal number of bytes MUST be used to encode the length",
		// "the most significant bit MUST be 0"
		if (this.remaining < 0) {
			throw ProtocolException.protocolError("frame length has its highest bit set");
		}
		if ((this.shortLength == LENGTH_16 && this.remaining < LENGTH_16)
				|| (this.shortLength == LENGTH_64 && this.remaining <= 0xffff)) {
			throw ProtocolException.protocolError("frame length is not minimal");
		}
	}

	/** The way for a header that arrives in pieces. */
	private int readHeaderByOctets(byte[] bytes, int from, int to) throws ProtocolException {
		int at = from;
		while (at < to) {
			byte octet = bytes[at++];
			int index = this.headerOctets++;
			if (index == 0) {
				this.flags = octet & 0xff;
				continue;
			}
			if (index == 1) {
				readFirstOctets((byte) this.flags, octet);
				this.maskingKey = 0;
				if (this.shortLength >= LENGTH_16) {
					this.remaining = 0;
				}
				continue;
			}
			int extended = extendedLengthOctets();
			if (index < 2 + extended) {
				this.remaining = (this.remaining << 8) | (octet & 0xff);
				continue;
			}
			this.maskingKey = (this.maskingKey << 8) | (octet & 0xff);
			if (index == 1 + extended + MASKING_KEY) {
				checkLength();
				this.headerOctets = -1;
				return at;
			}
		}
		return at;
	}

	private int extendedLengthOctets() {
		return switch (this.shortLength) {
			case LENGTH_16 -> Short.BYTES;
			case LENGTH_64 -> Long.BYTES;
			default -> 0;
		};
	}

	@Override
	public String toString() {
		return (this.headerOctets >= 0) ? "header, " + this.headerOctets + " octets read"
				: "payload, " + this.remaining + " octets missing";
	}

}
