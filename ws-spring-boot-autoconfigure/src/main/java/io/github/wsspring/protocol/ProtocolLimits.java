package io.github.wsspring.protocol;

/**
 * How much a peer may send.
 *
 * @param maxMessageSize the size of a message in bytes, after decompression
 * @param maxFrameSize the size of one frame's payload in bytes
 * @param maxFragments the number of frames that a message may come in, empty ones
 * included
 */
public record ProtocolLimits(int maxMessageSize, int maxFrameSize, int maxFragments) {

	/** 64 KiB in 1,024 fragments. */
	public static final ProtocolLimits DEFAULTS = new ProtocolLimits(64 * 1024, 64 * 1024, 1024);

	public ProtocolLimits {
		if (maxMessageSize < 1 || maxFrameSize < 1 || maxFragments < 1) {
			throw new IllegalArgumentException("Limits must be positive: message " + maxMessageSize + " bytes, frame "
					+ maxFrameSize + " bytes, " + maxFragments + " fragments");
		}
	}

}
