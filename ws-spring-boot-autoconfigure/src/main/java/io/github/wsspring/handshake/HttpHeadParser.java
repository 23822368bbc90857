package io.github.wsspring.handshake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one HTTP/1.1 request from bytes that may be cut anywhere (RFC 9112,
 * sections 2 to 5).
 * <p>
 * Strict where leniency has led to request smuggling: lines end with CRLF and nothing
 * else, no folded headers, no space before the colon, no control characters. Looks at
 * each byte once to find the end of the head and once more to read it, and takes no byte
 * that follows the head.
 */
public final class HttpHeadParser {

	/** How long the request line may be, in bytes. */
	public static final int MAX_REQUEST_LINE = 4 * 1024;

	private static final byte[] EMPTY = {};

	/** The first octets of a TLS connection: a handshake record of version 3.x. */
	private static final int TLS_HANDSHAKE = 0x16;

	/** Scheme and authority, without user information; then path and query, if any. */
	private static final Pattern ABSOLUTE_FORM = Pattern
		.compile("(?i:https?|wss?)://" + HttpSyntax.HOST + "(?::[0-9]*)?((?:[/?].*)?)");

	private final int maxHeadSize;

	private final int maxHeaders;

	private byte[] head = EMPTY;

	private int length;

	private int lines;

	private int lineStart;

	private boolean afterCarriageReturn;

	private @Nullable UpgradeRequest request;

	private @Nullable Rejected rejection;

	/**
	 * Begins to read.
	 * @param maxHeadSize how many bytes the head may have
	 * @param maxHeaders how many header lines it may have
	 */
	public HttpHeadParser(int maxHeadSize, int maxHeaders) {
		this.maxHeadSize = maxHeadSize;
		this.maxHeaders = maxHeaders;
	}

	/**
	 * Reads on, up to the end of the head.
	 * @param bytes holds the bytes that arrived
	 * @param from the index of the first one
	 * @param to the index after the last one
	 * @return the index after the last byte that belongs to the head
	 */
	public int receive(byte[] bytes, int from, int to) {
		if (isDone()) {
			return from;
		}
		int at = skipText(bytes, from, to);
		while (at < to && !isDone()) {
			examine(bytes[at++] & 0xff);
			at = skipText(bytes, at, to);
		}
		if (this.rejection == null) {
			append(bytes, from, at);
			if (isHeadComplete()) {
				parse();
			}
		}
		return at;
	}

	private boolean isDone() {
		return this.rejection != null || isHeadComplete();
	}

	/** Whether an empty line was found: marked by a line start that is no more. */
	private boolean isHeadComplete() {
		return this.lineStart < 0;
	}

	/** Passes over what neither ends a line nor is a fault, nor over a limit. */
	private int skipText(byte[] bytes, int from, int to) {
		if (this.afterCarriageReturn || this.length == this.lineStart || isDone()) {
			return from;
		}
		int limit = (this.lines == 0) ? Math.min(MAX_REQUEST_LINE, this.maxHeadSize) : this.maxHeadSize;
		int end = Math.min(to, from + Math.max(limit - this.length, 0));
		int at = from;
		while (at < end && HttpSyntax.isFieldChar(bytes[at] & 0xff)) {
			at++;
		}
		this.length += at - from;
		return at;
	}

	/** Looks at a byte that is not appended yet. */
	private void examine(int octet) {
		int index = this.length++;
		if (index == 0 && octet == TLS_HANDSHAKE) {
			reject(400, "This port speaks plain HTTP, but the request begins like TLS; use http:// or ws://");
		}
		else if (this.length > this.maxHeadSize) {
			reject(431, "The request head is over the limit of " + this.maxHeadSize + " bytes");
		}
		else if (this.lines == 0 && this.length > MAX_REQUEST_LINE) {
			reject(414, "The request line is over the limit of " + MAX_REQUEST_LINE + " bytes");
		}
		else if (this.afterCarriageReturn) {
			examineAfterCarriageReturn(index, octet);
		}
		else if (octet == '\r') {
			this.afterCarriageReturn = true;
		}
		else if (!HttpSyntax.isFieldChar(octet)) {
			reject(400, (octet == '\n') ? "A line of the request head ends with LF instead of CRLF"
					: "The request head holds a control character");
		}
		else if (index == this.lineStart && this.lines > 0 && (octet == ' ' || octet == '\t')) {
			// RFC 9112 5.2: obs-fold
			reject(400, "A header continues on the next line");
		}
	}

	private void examineAfterCarriageReturn(int index, int octet) {
		this.afterCarriageReturn = false;
		if (octet != '\n') {
			reject(400, "A CR of the request head is not followed by LF");
		}
		else if (index - 1 == this.lineStart) {
			if (this.lines == 0) {
				reject(400, "The request line is empty");
			}
			this.lineStart = -1;
		}
		else if (++this.lines > this.maxHeaders + 1) {
			reject(431, "The request has more than " + this.maxHeaders + " headers");
		}
		else {
			this.lineStart = this.length;
		}
	}

	private void append(byte[] bytes, int from, int to) {
		int before = this.length - (to - from);
		if (this.head.length < this.length) {
			this.head = Arrays.copyOf(this.head, isHeadComplete() ? this.length : Math.max(this.length, 2 * before));
		}
		System.arraycopy(bytes, from, this.head, before, to - from);
	}

	private void parse() {
		String text = new String(this.head, 0, this.length, StandardCharsets.ISO_8859_1);
		this.head = EMPTY;
		int end = text.indexOf('\r');
		String requestLine = text.substring(0, end);
		List<HttpField> headers = new ArrayList<>(this.lines - 1);
		for (int start = end + 2; start < text.length() - 2; start = end + 2) {
			end = text.indexOf('\r', start);
			int colon = text.indexOf(':', start);
			// RFC 9112 5.1: "No whitespace is allowed between the field name and colon."
			String name = (colon < 0 || colon > end) ? "" : text.substring(start, colon);
			if (!HttpSyntax.isToken(name)) {
				reject(400, "A header line is not of the form 'name: value'");
				return;
			}
			headers.add(new HttpField(name, trim(text, colon + 1, end)));
		}
		parseRequestLine(requestLine, headers);
	}

	private static String trim(String text, int from, int to) {
		int start = from;
		int end = to;
		while (start < end && isBlank(text.charAt(start))) {
			start++;
		}
		while (end > start && isBlank(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isBlank(char c) {
		return c == ' ' || c == '\t';
	}

	private void parseRequestLine(String line, List<HttpField> headers) {
		int first = line.indexOf(' ');
		int second = line.indexOf(' ', first + 1);
		if (first < 0 || second < 0 || line.indexOf(' ', second + 1) >= 0
				|| !HttpSyntax.isToken(line.substring(0, first))) {
			reject(400, "The request line is not of the form 'method target version'");
			return;
		}
		String version = line.substring(second + 1);
		if (!version.equals("HTTP/1.1")) {
			boolean wellFormed = version.matches("HTTP/[0-9](\\.[0-9])?");
			reject(wellFormed ? 505 : 400, "The HTTP version must be HTTP/1.1");
			return;
		}
		parseTarget(line.substring(0, first), line.substring(first + 1, second), headers);
	}

	private void parseTarget(String method, String target, List<HttpField> headers) {
		String origin = toOriginForm(target);
		if (origin == null || !isUriText(origin)) {
			reject(400, "The request target must be a path in visible ASCII, such as /chat?room=1");
			return;
		}
		int question = origin.indexOf('?');
		String path = (question < 0) ? origin : origin.substring(0, question);
		String query = (question < 0) ? null : origin.substring(question + 1);
		this.request = new UpgradeRequest(method, path, query, headers);
	}

	/**
	 * RFC 9112 3.2.2: "a server MUST accept the absolute-form in requests".
	 */
	private static @Nullable String toOriginForm(String target) {
		if (target.startsWith("/")) {
			return target;
		}
		Matcher absolute = ABSOLUTE_FORM.matcher(target);
		if (!absolute.matches()) {
			return null;
		}
		String rest = absolute.group(1);
		return rest.startsWith("/") ? rest : "/" + rest;
	}

	private static boolean isUriText(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= 0x20 || c >= 0x7f || c == '#') {
				return false;
			}
		}
		return true;
	}

	private void reject(int status, String body) {
		this.rejection = Rejected.of(status, body);
	}

	/**
	 * The request.
	 * @return the request or {@code null} if its head is not complete or not correct
	 */
	public @Nullable UpgradeRequest request() {
		return this.request;
	}

	/**
	 * How to refuse the request.
	 * @return the refusal or {@code null} if the head is correct as far as it was read
	 */
	public @Nullable Rejected rejection() {
		return this.rejection;
	}

}
