package io.github.wsspring.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Room to put a text together in, before it is known how long it will be. As texts are
 * short and many, it is kept for the next one: what is thrown away costs more than what
 * is done with it.
 * <p>
 * Safe for any number of threads, virtual ones too. At most {@value #SLOTS} are kept, 112
 * KiB each.
 */
final class Utf8Scratch {

	/** How long a text may be for its room to be kept, in chars. */
	static final int MAX_LENGTH = 16 * 1024;

	private static final int MIN_LENGTH = 1024;

	private static final int SLOTS = 32;

	/** Puts slots on cache lines of their own. */
	private static final int SPACING = 16;

	/** A slot is empty while its scratch is in use. */
	private static final AtomicReferenceArray<@Nullable Utf8Scratch> KEPT = new AtomicReferenceArray<>(SLOTS * SPACING);

	private final int slot;

	private final CharsetDecoder latin1 = StandardCharsets.ISO_8859_1.newDecoder();

	private final CharBuffer widened;

	/** For as many chars as were asked for. */
	final char[] chars;

	/** For the UTF-8 of as many chars; a whole int may be written for each. */
	final byte[] bytes;

	private Utf8Scratch(int slot, int length) {
		this.slot = slot;
		this.widened = CharBuffer.allocate(length);
		this.chars = new char[length];
		this.bytes = new byte[Math.min(length, MAX_LENGTH) * 3 + Integer.BYTES];
	}

	/**
	 * Takes a scratch out of those that are kept.
	 * @param length how many chars it should have room for; more than {@link #MAX_LENGTH}
	 * only for {@link #chars}
	 * @return a scratch for the caller alone, until {@link #giveBack()}
	 */
	static Utf8Scratch take(int length) {
		int slot = (int) Thread.currentThread().getId() % SLOTS * SPACING;
		Utf8Scratch kept = KEPT.getAndSet(slot, null);
		if (kept != null && kept.chars.length >= length) {
			return kept;
		}
		return new Utf8Scratch(slot, Math.max(MIN_LENGTH, length));
	}

	/**
	 * Makes each byte a char, at the JDK's best speed and without garbage.
	 * @param bytes holds the bytes, no more than there is room for
	 * @param from the index of the first one
	 * @param to the index after the last one
	 * @return the chars; what stands for a byte that is not ASCII means nothing
	 */
	char[] widen(byte[] bytes, int from, int to) {
		this.latin1.reset().decode(ByteBuffer.wrap(bytes, from, to - from), this.widened.clear(), true);
		return this.widened.array();
	}

	/**
	 * Keeps the scratch for the next text of the same thread, or of another one.
	 */
	void giveBack() {
		if (this.chars.length <= MAX_LENGTH) {
			KEPT.setRelease(this.slot, this);
		}
	}

}
