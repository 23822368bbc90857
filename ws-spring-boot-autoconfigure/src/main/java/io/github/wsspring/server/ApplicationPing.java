package io.github.wsspring.server;

import java.nio.charset.StandardCharsets;

import io.github.wsspring.protocol.Frame;
import io.github.wsspring.protocol.PreparedMessage;

/**
 * Recognises the text by which clients that cannot send ping frames, browsers above all,
 * ask for a sign of life: a JSON object with just one member, such as
 * <code>{"type":"ping"}</code>.
 */
public final class ApplicationPing {

	/** <code>{"type":"ping"}</code> is answered <code>{"type":"pong"}</code>. */
	public static final ApplicationPing DEFAULT = new ApplicationPing("type", "ping", "pong");

	/** How many characters of white space a question may hold. */
	private static final int MAX_BLANKS = 16;

	/** RFC 8259, section 2: white space. */
	static final String BLANKS = " \t\r\n";

	/** The tokens of the question. */
	private final String[] question;

	private final int minLength;

	private final Frame answer;

	/**
	 * Says what to look for and what to answer.
	 * @param field the name of the object's only member
	 * @param request its value in the question
	 * @param reply its value in the answer
	 * @throws IllegalArgumentException if one of them would have to be escaped in JSON
	 */
	public ApplicationPing(String field, String request, String reply) {
		this.question = new String[] { "{", quote(field), ":", quote(request), "}" };
		this.minLength = String.join("", this.question).length();
		this.answer = PreparedMessage.text("{" + quote(field) + ":" + quote(reply) + "}").frame();
	}

	private static String quote(String value) {
		if (value.isEmpty() || !isPlain(value)) {
			throw new IllegalArgumentException(
					"'" + value + "' cannot be used in an application ping; use plain characters without quotes");
		}
		return '"' + value + '"';
	}

	private static boolean isPlain(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c < ' ' || c == '"' || c == '\\') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether a text is the question, with white space wherever JSON allows it.
	 * @param text a text message
	 * @return {@code true} if it is to be answered by {@link #answer()}
	 */
	boolean matches(String text) {
		if (text.length() < this.minLength || text.length() > this.minLength + MAX_BLANKS) {
			return false;
		}
		int at = skipBlanks(text, 0);
		for (String token : this.question) {
			if (!text.startsWith(token, at)) {
				return false;
			}
			at = skipBlanks(text, at + token.length());
		}
		return at == text.length();
	}

	private static int skipBlanks(String text, int from) {
		int at = from;
		while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
			at++;
		}
		return at;
	}

	/**
	 * Compares texts that are not complete yet.
	 * @return a new probe
	 */
	PingProbe probe() {
		byte[][] tokens = new byte[this.question.length][];
		for (int i = 0; i < tokens.length; i++) {
			tokens[i] = this.question[i].getBytes(StandardCharsets.UTF_8);
		}
		return new PingProbe(tokens, MAX_BLANKS);
	}

	/**
	 * What to answer.
	 * @return the frame
	 */
	Frame answer() {
		return this.answer;
	}

}
