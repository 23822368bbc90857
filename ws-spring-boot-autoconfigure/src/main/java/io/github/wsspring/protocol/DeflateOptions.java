package io.github.wsspring.protocol;

import java.util.zip.Deflater;

/**
 * How messages are compressed where the peer wants it (RFC 7692).
 *
 * @param threshold messages of fewer bytes go out plain
 * @param level the effort, 1 (least) to 9 (most), or -1 for zlib's own choice
 * @param contextTakeover whether a message may refer to those before it, which compresses
 * better; costs about 300 KiB of memory outside of the heap for each session
 */
public record DeflateOptions(int threshold, int level, boolean contextTakeover) {

	/** From 1 KiB on, zlib's own choice, each message by itself. */
	public static final DeflateOptions DEFAULTS = new DeflateOptions(1024, Deflater.DEFAULT_COMPRESSION, false);

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if the threshold is negative or the level unknown
	 */
	public DeflateOptions {
		if (threshold < 0) {
			throw new IllegalArgumentException("The compression threshold must not be negative, but is " + threshold);
		}
		if (level != Deflater.DEFAULT_COMPRESSION
				&& (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION)) {
			throw new IllegalArgumentException("The compression level must be 1 to 9, or -1, but is " + level);
		}
	}

}
