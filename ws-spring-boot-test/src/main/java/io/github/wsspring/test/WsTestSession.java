package io.github.wsspring.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.test.Arrival.Binary;
import io.github.wsspring.test.Arrival.Close;
import io.github.wsspring.test.Arrival.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;

/**
 * The client's end of a session, which a test sends by and expects things of. Each
 * expectation is about the next message that no other was about.
 * <p>
 * To be used by one thread at a time. It reads, and answers the server's pings, only
 * while it waits for something. Failures are {@link AssertionError}s that say what came
 * instead, and what had come before.
 */
public final class WsTestSession implements AutoCloseable {

	/** How much of the past a failure tells. */
	private static final int MAX_HISTORY = 10;

	private final String path;

	private final ClientConnection connection;

	private final ServerAccess server;

	private final TestJson json;

	private final Duration quietTime;

	private final @Nullable String subprotocol;

	private final HttpHeaders responseHeaders;

	private final Deque<Arrival> history = new ArrayDeque<>();

	WsTestSession(String path, ClientConnection connection, ServerAccess server, TestJson json, Duration quietTime,
			@Nullable String subprotocol, HttpHeaders responseHeaders) {
		this.path = path;
		this.connection = connection;
		this.server = server;
		this.json = json;
		this.quietTime = quietTime;
		this.subprotocol = subprotocol;
		this.responseHeaders = HttpHeaders.readOnlyHttpHeaders(responseHeaders);
	}

	/**
	 * The subprotocol that was agreed on.
	 * @return the subprotocol, {@code null} for none
	 */
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	/**
	 * The headers of the server's answer to the upgrade.
	 * @return the headers, read-only
	 */
	public HttpHeaders responseHeaders() {
		return this.responseHeaders;
	}

	/**
	 * Sends a text message.
	 * @param text the text
	 * @return this session
	 */
	public WsTestSession send(String text) {
		this.connection.send(ClientCodec.TEXT, text.getBytes(StandardCharsets.UTF_8), new Text(text).describe());
		return this;
	}

	/**
	 * Sends a binary message.
	 * @param data the bytes
	 * @return this session
	 */
	public WsTestSession send(byte[] data) {
		this.connection.send(ClientCodec.BINARY, data, new Binary(data).describe());
		return this;
	}

	/**
	 * Sends a value as JSON, written by the application's mapper.
	 * @param payload the value
	 * @return this session
	 */
	public WsTestSession send(Object payload) {
		return send(this.json.write(payload));
	}

	/**
	 * Sends a value as JSON with a type, for {@code @OnMessage("type")}.
	 * @param type the type
	 * @param payload the value; what does not become a JSON object is sent under
	 * {@code data}
	 * @return this session
	 */
	public WsTestSession send(String type, Object payload) {
		return send(this.json.write(type, payload));
	}

	/**
	 * Sends a ping and expects its pong. Messages that come before stay for later.
	 * @return this session
	 */
	public WsTestSession ping() {
		byte[] payload = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
		if (!this.connection.roundTrip(payload)) {
			throw failure("a pong", null);
		}
		return this;
	}

	/**
	 * Expects a text message.
	 * @param text the text
	 * @return this session
	 */
	public WsTestSession expect(String text) {
		String expected = new Text(text).describe();
		return next(expected, (arrival) -> {
			if (!arrival.equals(new Text(text))) {
				throw failure(expected, arrival);
			}
			return this;
		});
	}

	/**
	 * Expects any text message.
	 * @return its text
	 */
	public String expectText() {
		return nextText("a text", (text) -> text);
	}

	/**
	 * Expects JSON that the application's mapper can read.
	 * @param <T> what is to be read
	 * @param type what is to be read
	 * @return what was read
	 */
	public <T> T expect(Class<T> type) {
		String expected = "JSON for " + type.getSimpleName();
		return nextText(expected, (text) -> read(expected, text, () -> this.json.read(text, type)));
	}

	/**
	 * Expects a JSON message of a type, as {@code @Broadcast(type = "type")} sends it.
	 * @param <T> what is to be read
	 * @param type the type
	 * @param payload what is to be read; it need not know of the type
	 * @return what was read
	 */
	public <T> T expect(String type, Class<T> payload) {
		String expected = "a message of the type \"" + type + "\" for " + payload.getSimpleName();
		return nextText(expected, (text) -> {
			if (!type.equals(this.json.typeOf(text))) {
				throw failure(expected, new Text(text));
			}
			return read(expected, text, () -> this.json.readTyped(text, payload));
		});
	}

	private <T> T read(String expected, String text, Supplier<T> reader) {
		try {
			return reader.get();
		}
		catch (JacksonException ex) {
			throw failure(expected, new Text(text), "which cannot be read as such: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Expects JSON. Members that are not expected, and the order of array elements, do
	 * not matter.
	 * @param json what is expected
	 * @return this session
	 */
	public WsTestSession expectJson(String json) {
		String expected = "the JSON " + Words.shorten(json);
		return nextText(expected, (text) -> {
			String difference = TestJson.difference(json, text);
			if (difference != null) {
				throw failure(expected, new Text(text), "which differs: " + difference, null);
			}
			return this;
		});
	}

	/**
	 * Expects a binary message.
	 * @param data its bytes
	 * @return this session
	 */
	public WsTestSession expectBinary(byte[] data) {
		String expected = new Binary(data).describe();
		return next(expected, (arrival) -> {
			if (!(arrival instanceof Binary binary) || !Arrays.equals(binary.data(), data)) {
				throw failure(expected, arrival);
			}
			return this;
		});
	}

	/**
	 * Expects any binary message.
	 * @return its bytes
	 */
	public byte[] expectBinary() {
		return next("a binary message", (arrival) -> {
			if (arrival instanceof Binary binary) {
				return binary.data();
			}
			throw failure("a binary message", arrival);
		});
	}

	/**
	 * Expects the server to close the session.
	 * @param code the close code; 1006 if there is to be no close frame
	 * @return what the server said
	 */
	public CloseStatus expectClose(int code) {
		return expectClose("the session to be closed with " + code, (status) -> status.code() == code);
	}

	/**
	 * Expects the server to close the session.
	 * @param status code and reason
	 * @return this session
	 */
	public WsTestSession expectClose(CloseStatus status) {
		expectClose("the session to be closed with " + Words.of(status), status::equals);
		return this;
	}

	private CloseStatus expectClose(String expected, Function<CloseStatus, Boolean> condition) {
		return next(expected, (arrival) -> {
			if (arrival instanceof Close close && condition.apply(close.status())) {
				return close.status();
			}
			throw failure(expected, arrival);
		});
	}

	/**
	 * Expects that nothing comes of all that was sent so far.
	 * <p>
	 * Within the process this needs no waiting: it is known when the server has received
	 * what this session, and others that the same thread has opened, have sent; when the
	 * handlers of all these sessions have returned, and what they return is done; and
	 * that all they have sent is here. What comes by other ways, such as a stream, a
	 * scheduler or {@code @Async}, may come later. Clients of a port wait for
	 * {@link WsTestClient#quietTime}.
	 * @return this session
	 */
	public WsTestSession expectNothing() {
		Arrival arrival = this.connection.poll();
		if (arrival == null) {
			this.server.settle(this.connection, this.quietTime);
			arrival = this.connection.poll();
		}
		if (arrival != null) {
			AssertionError failure = failure("nothing", arrival);
			this.history.add(arrival);
			throw failure;
		}
		return this;
	}

	private <T> T nextText(String expected, Function<String, T> reader) {
		return next(expected, (arrival) -> {
			if (arrival instanceof Text text) {
				return reader.apply(text.text());
			}
			throw failure(expected, arrival);
		});
	}

	/** Whatever the next one is, no other expectation is about it. */
	private <T> T next(String expected, Function<Arrival, T> reader) {
		Arrival arrival = this.connection.next();
		if (arrival == null) {
			throw failure(expected, null);
		}
		try {
			return reader.apply(arrival);
		}
		finally {
			remember(arrival);
		}
	}

	private void remember(Arrival arrival) {
		if (this.history.size() == MAX_HISTORY) {
			this.history.remove();
		}
		this.history.add(arrival);
	}

	private AssertionError failure(String expected, @Nullable Arrival actual) {
		return failure(expected, actual, null, null);
	}

	private AssertionError failure(String expected, @Nullable Arrival actual, @Nullable String detail,
			@Nullable Throwable cause) {
		StringBuilder message = new StringBuilder("Expected ").append(expected).append(" from ").append(this.path);
		CloseStatus end = this.connection.end();
		if (actual != null) {
			message.append(", but there came ").append(actual.describe());
		}
		else if (end != null) {
			message.append(", but the session was closed with ").append(Words.of(end));
		}
		else {
			message.append(", but nothing came within ").append(Words.of(this.connection.timeout()));
		}
		message.append((detail != null) ? ", " + detail : "");
		message.append(this.history.isEmpty() ? "\nNothing had come before." : "\nBefore that came:");
		this.history.forEach((arrival) -> message.append("\n  ").append(arrival.describe()));
		return new AssertionError(message.toString(), cause);
	}

	/**
	 * Closes the session with 1000, unless it is closed, and waits for the server's close
	 * frame. What comes before it is not looked at.
	 */
	@Override
	public void close() {
		close(CloseStatus.NORMAL);
	}

	/**
	 * Closes the session, unless it is closed, and waits for the server's close frame.
	 * @param status what to tell the server
	 */
	public void close(CloseStatus status) {
		this.connection.close(status);
	}

	/**
	 * Breaks the connection without a close frame; the server sees 1006.
	 */
	public void drop() {
		this.connection.drop();
	}

	@Override
	public String toString() {
		CloseStatus end = this.connection.end();
		return this.path + ((end != null) ? ", closed with " + Words.of(end) : "");
	}

}
