package io.github.wsspring.conformance;

/**
 * How frames are cut into writes.
 *
 * @param size the octets of each write, or one of the constants
 */
record Chop(int size) {

	/** As few writes as possible: frames share them. */
	static final Chop DEFAULT = new Chop(0);

	/** A write for each frame. */
	static final Chop FRAME_WISE = new Chop(-1);

	static Chop octets(int size) {
		return new Chop(size);
	}

	@Override
	public String toString() {
		return (this.size > 0) ? this.size + "-octet chops" : equals(FRAME_WISE) ? "frame-wise" : "default";
	}

}
