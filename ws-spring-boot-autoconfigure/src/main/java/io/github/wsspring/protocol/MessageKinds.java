package io.github.wsspring.protocol;

/**
 * Which kinds of messages something holds for.
 *
 * @param text whether it holds for text messages
 * @param binary whether it holds for binary messages
 */
public record MessageKinds(boolean text, boolean binary) {

	/** Neither kind. */
	public static final MessageKinds NONE = new MessageKinds(false, false);

	/**
	 * Whether it holds for any.
	 * @return {@code false} for neither kind
	 */
	public boolean any() {
		return this.text || this.binary;
	}

}
