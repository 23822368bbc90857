package io.github.wsspring.server;

/**
 * Recognises the text by which clients that cannot send ping frames, browsers above all,
 * ask for a sign of life: a JSON object with just one member, such as
 * <code>{"type":"ping"}</code>.
 */
public final class ApplicationPing {

	/** <code>{"type":"ping"}</code> is answered <code>{"type":"pong"}</code>. */
	public static final ApplicationPing DEFAULT = new ApplicationPing("type", "ping", "pong");

	private final String field;

	private final String request;

	private final String reply;

	/**
	 * Says what to look for and what to answer.
	 * @param field the name of the object's only member
	 * @param request its value in the question
	 * @param reply its value in the answer
	 */
	public ApplicationPing(String field, String request, String reply) {
		this.field = field;
		this.request = request;
		this.reply = reply;
	}

}
