package io.github.wsspring.protocol;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate (RFC 7692) with the JDK's zlib.
 * <p>
 * A session that has no context to take over borrows its compressor and decompressor for
 * the time of one message; then its messages look the same as those of all sessions like
 * it, and are compressed once for all of them. The JDK cannot set the size of the window,
 * but nothing refers back beyond a full flush: one every 2<sup>n</sup> bytes keeps a
 * window of n bits.
 */
public final class PerMessageDeflate implements Compression {

	/**
	 * RFC 7692 7.2.1 and 7.2.2: what a sync flush ends with, and what does not travel.
	 */
	private static final byte[] TAIL = { 0, 0, (byte) 0xff, (byte) 0xff };

	/** An empty block that says that it is the last. */
	private static final byte[] LAST_BLOCK = { 1, 0, 0, (byte) 0xff, (byte) 0xff };

	/** zlib.h: "make sure that avail_out is greater than six" when flushing. */
	private static final int MIN_ROOM = 6;

	private static final int MAX_INFLATED_AT_ONCE = 8 * 1024;

	private static final int MIN_INFLATED_AT_ONCE = 256;

	private final DeflateParameters parameters;

	private final DeflateOptions options;

	private final DeflatePool pool;

	/** Ours alone for as long as its context matters. */
	private @Nullable Inflater inflater;

	private @Nullable Deflater deflater;

	/** Whether a part of a compressed message has arrived. */
	private boolean inMessage;

	private boolean closed;

	/**
	 * Begins with an empty context.
	 * @param parameters what was agreed on
	 * @param options how we compress
	 * @param pool where compressors come from
	 */
	public PerMessageDeflate(DeflateParameters parameters, DeflateOptions options, DeflatePool pool) {
		this.parameters = parameters;
		this.options = options;
		this.pool = pool;
	}

	@Override
	public boolean isNegotiated() {
		return true;
	}

	/**
	 * With a small window, contexts are not worth the trouble; RFC 7692 leaves it to us.
	 */
	private boolean takesContextOver() {
		return this.options.contextTakeover() && !this.parameters.serverNoContextTakeover()
				&& this.parameters.serverMaxWindowBits() == DeflateParameters.MAX_WINDOW_BITS;
	}

	@Override
	public Frame prepare(PreparedMessage message) {
		if (message.size() < this.options.threshold() || message.size() == 0 || takesContextOver()) {
			return message.frame();
		}
		return message.deflated(new WireForm(this.options.level(), this.parameters.serverMaxWindowBits()), this.pool);
	}

	@Override
	public Frame finish(Frame frame) {
		byte[] payload = frame.payload();
		if (!takesContextOver() || !frame.isData() || payload.length == 0 || payload.length < this.options.threshold()
				|| this.closed) {
			return frame;
		}
		if (this.deflater == null) {
			this.deflater = this.pool.borrowDeflater(this.options.level());
		}
		return frame.compressed(deflate(this.deflater, payload, payload.length));
	}

	/**
	 * Compresses a payload that stands by itself.
	 * @param payload the payload, not empty
	 * @param form how
	 * @param pool where the compressor comes from
	 * @return the compressed payload
	 */
	static byte[] deflate(byte[] payload, WireForm form, DeflatePool pool) {
		Deflater deflater = pool.borrowDeflater(form.level());
		try {
			int window = 1 << form.windowBits();
			return deflate(deflater, payload,
					(form.windowBits() == DeflateParameters.MAX_WINDOW_BITS) ? payload.length : window);
		}
		finally {
			pool.giveBack(deflater, form.level());
		}
	}

	/** Compresses a payload, with a full flush after each step but the last. */
	private static byte[] deflate(Deflater deflater, byte[] payload, int step) {
		byte[] target = new byte[Math.max(64, payload.length / 2)];
		int length = 0;
		for (int from = 0; from < payload.length; from += step) {
			boolean last = payload.length - from <= step;
			deflater.setInput(payload, from, last ? payload.length - from : step);
			int flush = last ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
			int written;
			do {
				if (target.length - length <= MIN_ROOM) {
					target = Arrays.copyOf(target, 2 * target.length);
				}
				written = deflater.deflate(target, length, target.length - length, flush);
				length += written;
			}
			while (length == target.length);
		}
		return Arrays.copyOf(target, length - TAIL.length);
	}

	@Override
	public int inflate(byte[] bytes, int from, int to, boolean last, Target target) throws ProtocolException {
		if (this.closed) {
			// the rest of what arrived together with the bytes that made us close
			return to;
		}
		Inflater used = this.inflater;
		if (used == null) {
			used = this.pool.borrowInflater();
			this.inflater = used;
		}
		if (to > from) {
			this.inMessage = true;
			int left = inflate(used, bytes, from, to - from, target);
			if (left > 0) {
				return to - left;
			}
		}
		// the target may have closed us
		if (last && !this.closed) {
			endMessage(used);
		}
		return to;
	}

	/** Returns how many bytes were not used because the target wants no more for now. */
	private int inflate(Inflater inflater, byte[] bytes, int from, int length, Target target) throws ProtocolException {
		inflater.setInput(bytes, from, length);
		byte[] inflated = new byte[Math.min(MAX_INFLATED_AT_ONCE, Math.max(MIN_INFLATED_AT_ONCE, 4 * length))];
		while (true) {
			int count = inflate(inflater, inflated, target);
			if (count > 0) {
				boolean more = target.take(inflated, count);
				if (this.closed) {
					return 0;
				}
				// without input left, what is still to come is little
				if (!more && inflater.getRemaining() > 0) {
					return inflater.getRemaining();
				}
			}
			else if (inflater.finished() && inflater.getRemaining() > 0) {
				// RFC 7692 7.2.3.4: a block may say that it is the last, and is not
				int rest = inflater.getRemaining();
				inflater.reset();
				inflater.setInput(bytes, from + length - rest, rest);
			}
			else {
				return 0;
			}
		}
	}

	private static int inflate(Inflater inflater, byte[] inflated, Target target) throws ProtocolException {
		long before = inflater.getBytesWritten();
		try {
			return inflater.inflate(inflated);
		}
		catch (DataFormatException ex) {
			// what came out before the fault may have a fault of its own, which then is
			// the first one, however the bytes were cut
			target.take(inflated, (int) (inflater.getBytesWritten() - before));
			throw notDeflate();
		}
	}

	private void endMessage(Inflater used) throws ProtocolException {
		// some peers send nothing for an empty message, or leave out what follows the
		// last block
		if (this.inMessage && !used.finished()) {
			inflate(used, TAIL, 0, TAIL.length, PerMessageDeflate::refuse);
			checkComplete(used);
		}
		this.inMessage = false;
		if (this.parameters.clientNoContextTakeover()) {
			this.inflater = null;
			this.pool.giveBack(used);
		}
		else if (used.finished()) {
			used.reset();
		}
	}

	/**
	 * Only between two blocks an empty last one ends it all; but that would end the
	 * context too.
	 */
	private void checkComplete(Inflater used) throws ProtocolException {
		if (this.parameters.clientNoContextTakeover()) {
			inflate(used, LAST_BLOCK, 0, LAST_BLOCK.length, PerMessageDeflate::refuse);
			if (!used.finished()) {
				throw notDeflate();
			}
		}
	}

	/** What comes out of the bytes that we add was not put in by the peer. */
	private static boolean refuse(byte[] bytes, int length) throws ProtocolException {
		throw notDeflate();
	}

	private static ProtocolException notDeflate() {
		return new ProtocolException(CloseStatus.INVALID_PAYLOAD, "message is not DEFLATE data");
	}

	@Override
	public void close() {
		this.closed = true;
		if (this.inflater != null) {
			this.pool.giveBack(this.inflater);
			this.inflater = null;
		}
		if (this.deflater != null) {
			this.pool.giveBack(this.deflater, this.options.level());
			this.deflater = null;
		}
	}

	@Override
	public String toString() {
		return this.parameters.toString();
	}

	/**
	 * What makes two compressed forms of one message the same.
	 *
	 * @param level the effort
	 * @param windowBits the window
	 */
	record WireForm(int level, int windowBits) {

	}

}
