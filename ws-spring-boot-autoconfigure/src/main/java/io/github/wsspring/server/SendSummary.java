package io.github.wsspring.server;

/**
 * What became of one message that was handed to many sessions.
 *
 * @param accepted how many sessions will write it
 * @param dropped how many threw it away because their outbound queue is full
 * @param closed how many were closed or closing
 */
public record SendSummary(int accepted, int dropped, int closed) {

	/** Nobody was there. */
	public static final SendSummary NONE = new SendSummary(0, 0, 0);

	/**
	 * How many sessions were addressed.
	 * @return the sum of all parts
	 */
	public int total() {
		return this.accepted + this.dropped + this.closed;
	}

}
