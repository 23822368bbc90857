package io.github.wsspring.endpoint;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.SendResult;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionCall;
import io.github.wsspring.server.SessionClosedException;
import org.jspecify.annotations.Nullable;

/**
 * A session without an engine: remembers what was sent, and plays the engine's part
 * towards the handler.
 */
final class FakeSession implements Session {

	static final InetSocketAddress REMOTE = InetSocketAddress.createUnresolved("client.test", 4711);

	/** What was sent, binary messages in hex. */
	final List<String> sent = new ArrayList<>();

	final List<byte[]> pings = new ArrayList<>();

	boolean lastWasText;

	long buffered = 42;

	/** What waits for its turn. */
	final Queue<SessionCall> calls = new ConcurrentLinkedQueue<>();

	/** Not complete while the client reads too slowly. */
	CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);

	String subprotocol = "chat.v1";

	@Nullable CloseStatus closed;

	boolean terminated;

	/** Whether the test is the event loop. */
	boolean inLoop;

	private final String id;

	private final Endpoint endpoint;

	private final @Nullable Identity identity;

	/** What was asked about tokens. */
	final List<String> tokens = new ArrayList<>();

	CompletableFuture<Boolean> reauthenticated = CompletableFuture.completedFuture(true);

	private @Nullable Object attachment;

	FakeSession(String id, Endpoint endpoint, @Nullable Identity identity, @Nullable Object attachment) {
		this.id = id;
		this.endpoint = endpoint;
		this.identity = identity;
		this.attachment = attachment;
	}

	WsSession ws() {
		return DefaultWsSession.of(this);
	}

	@Nullable CompletionStage<?> text(String text) throws Exception {
		return this.endpoint.handler().intercept(this, text) ? null : this.endpoint.handler().onText(this, text);
	}

	@Nullable CompletionStage<?> binary(int... bytes) throws Exception {
		byte[] data = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			data[i] = (byte) bytes[i];
		}
		return this.endpoint.handler().onBinary(this, data);
	}

	/** What was sent in answer to a text. */
	List<String> ask(String text) throws Exception {
		this.sent.clear();
		text(text);
		return List.copyOf(this.sent);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public Endpoint endpoint() {
		return this.endpoint;
	}

	@Override
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return REMOTE;
	}

	@Override
	public @Nullable Identity identity() {
		return this.identity;
	}

	@Override
	public CompletableFuture<Boolean> reauthenticate(String token, UpgradeRequest request) {
		this.tokens.add(token + " " + request.path() + " " + request.query() + " " + request.headers());
		return this.reauthenticated;
	}

	@Override
	public boolean isOpen() {
		return this.closed == null;
	}

	@Override
	public long bufferedBytes() {
		return this.buffered;
	}

	@Override
	public SendResult send(PreparedMessage message) {
		if (this.closed != null) {
			return SendResult.CLOSED;
		}
		this.lastWasText = message.isText();
		this.sent.add(read(message));
		return SendResult.QUEUED;
	}

	@Override
	public CompletableFuture<Void> sendAsync(PreparedMessage message) {
		return (send(message) == SendResult.CLOSED)
				? CompletableFuture.failedFuture(new SessionClosedException("Session " + this.id + " is closed"))
				: CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> whenWritable() {
		return this.writable;
	}

	@Override
	public void call(SessionCall call) {
		this.calls.add(call);
	}

	/** Does what is to be called in turn. */
	void turn() throws Exception {
		for (SessionCall call = this.calls.poll(); call != null; call = this.calls.poll()) {
			call.call();
		}
	}

	@Override
	public Executor executor() {
		return Runnable::run;
	}

	@Override
	public boolean inLoop() {
		return this.inLoop;
	}

	/** The client is gone. */
	void end() {
		this.closed = CloseStatus.ABNORMAL;
		this.endpoint.handler().ended(this);
	}

	@Override
	public void ping(byte[] payload) {
		this.pings.add(payload);
	}

	@Override
	public void close(CloseStatus status) {
		this.closed = status;
	}

	@Override
	public void terminate() {
		this.terminated = true;
	}

	@Override
	public @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public void attach(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	@Override
	public String toString() {
		return "session " + this.id;
	}

	static String read(PreparedMessage message) {
		byte[] payload = message.frame().payload();
		if (message.isText()) {
			return new String(payload, StandardCharsets.UTF_8);
		}
		StringBuilder hex = new StringBuilder();
		for (byte b : payload) {
			hex.append(String.format("%02x", b));
		}
		return hex.toString();
	}

}
