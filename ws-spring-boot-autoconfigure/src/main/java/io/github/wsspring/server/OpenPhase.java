package io.github.wsspring.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.Compression;
import io.github.wsspring.protocol.Frame;
import io.github.wsspring.protocol.MessageKinds;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.protocol.ProtocolEvents;
import io.github.wsspring.protocol.WebSocketProtocol;
import io.github.wsspring.protocol.WebSocketProtocol.State;
import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.LoopWatchdog.Watch;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import io.github.wsspring.server.SessionOptions.Overflow;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.LoopMember;
import io.github.wsspring.transport.WriteQueue;
import org.jspecify.annotations.Nullable;

/**
 * A connection from its 101 to the end of its closing handshake: what the peer says goes
 * to the handler, what the session sends goes to the peer, and times are kept. Belongs to
 * the connection's event loop, but for the methods that say otherwise.
 */
final class OpenPhase implements Phase, ProtocolEvents {

	/** The close code for a token whose time is over, or that was refused. */
	static final int UNAUTHORIZED = 4401;

	/**
	 * How long our close frame waits for the handler to answer what was received before.
	 */
	private static final long MAX_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** How long the peer may take to answer our close frame. */
	private static final long MAX_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long NEVER = LoopMember.NEVER;

	private final Connection connection;

	private final WebSocketProtocol protocol;

	private final Compression compression;

	private final LiveSession session;

	private final Delivery delivery;

	/** {@code null} unless the handler wants messages as streams. */
	private final @Nullable StreamIntake streams;

	/** When the session's token ends. */
	private long expiresAt;

	private long lastRead;

	private long lastPing = Heartbeat.NO_PING;

	private long lastMessage;

	/** {@code null} as long as nobody has thought of an end. */
	private @Nullable Ending ending;

	/** Completed when there is room in the outbound queue, or never will be. */
	private @Nullable CompletableFuture<Void> relief;

	/** The last ping that could not be answered yet. */
	private byte @Nullable [] unanswered;

	OpenPhase(Connection connection, long number, Endpoint endpoint, Compression compression,
			@Nullable Identity identity, @Nullable String subprotocol, @Nullable Duration timeLeft) {
		this.connection = connection;
		this.compression = compression;
		MessageKinds streamed = endpoint.handler().streams();
		this.protocol = new WebSocketProtocol(endpoint.options().limits(), compression, streamed,
				connection.context().workspaces().of(connection.loop()), this);
		this.session = new LiveSession(number, this, endpoint, identity, subprotocol);
		this.delivery = newDelivery(endpoint);
		this.streams = streamed.any() ? new StreamIntake(endpoint.options().applicationPing(), endpoint.concurrency(),
				this.delivery::deliver, this::resumeReading) : null;
		long now = connection.loop().now();
		this.lastRead = now;
		this.lastMessage = now;
		this.expiresAt = after(timeLeft);
	}

	private long after(@Nullable Duration timeLeft) {
		return (timeLeft != null) ? this.connection.loop().now() + Durations.nanos(timeLeft) : NEVER;
	}

	private Delivery newDelivery(Endpoint endpoint) {
		EventLoop loop = this.connection.loop();
		ServerContext context = this.connection.context();
		Executor executor = endpoint.executor();
		int capacity = endpoint.options().maxPending();
		if (executor == null) {
			Watch watch = context.watchdog().watch(loop);
			return (endpoint.concurrency() > 1)
					? new ConcurrentDelivery(this, loop, endpoint.concurrency(), capacity, watch)
					: new DirectDelivery(this, capacity, watch);
		}
		return (endpoint.concurrency() > 1)
				? new ConcurrentDelivery(this, executor, endpoint.concurrency(), capacity, null)
				: new Mailbox(this, context.handovers().of(loop, executor), capacity);
	}

	/**
	 * The frame of a message as it goes to sessions like this one. May be called from any
	 * thread.
	 * @param message the message
	 * @return the frame
	 */
	Frame prepare(PreparedMessage message) {
		return this.compression.prepare(message);
	}

	private Ending ending() {
		if (this.ending == null) {
			this.ending = new Ending();
		}
		return this.ending;
	}

	private SessionOptions options() {
		return this.session.endpoint().options();
	}

	LiveSession session() {
		return this.session;
	}

	/**
	 * Tells everybody that the session is there.
	 */
	void begin() {
		if (this.expiresAt != NEVER) {
			this.connection.loop().sweepBy(this.expiresAt);
		}
		this.connection.context().admission().sessionBegins();
		this.connection.context().listener().opened(this.session);
		this.delivery.deliver(Invoker.OPEN);
	}

	/**
	 * Checks a fresh token of the peer. May be called from any thread.
	 * @param token the token
	 * @param request what to check it with
	 * @return whether it was taken
	 */
	CompletableFuture<Boolean> reauthenticate(String token, UpgradeRequest request) {
		return new Reauthentication(this, this.connection.context(), token, request).begin();
	}

	/**
	 * Takes a new proof of identity. May be called from any thread.
	 * @param identity the proof
	 * @return {@code false} if it is over, or is not about the session's user, or the
	 * session is closing: then nothing has changed
	 */
	boolean renew(Identity identity) {
		Identity present = this.session.identity();
		Duration timeLeft = identity.timeLeft();
		if (!this.session.isOpen() || present == null || !present.isSameUser(identity)
				|| (timeLeft != null && !Durations.isPositive(timeLeft))) {
			return false;
		}
		this.session.renew(identity);
		onLoop(this::renewExpiry);
		return true;
	}

	/** Of the latest proof, if there were two at the same time. */
	private void renewExpiry() {
		Identity latest = this.session.identity();
		this.expiresAt = after((latest != null) ? latest.timeLeft() : null);
		this.connection.tickSoon();
		if (this.expiresAt != NEVER) {
			this.connection.loop().sweepBy(this.expiresAt);
		}
	}

	@Override
	public int received(byte[] bytes, int from, int to) {
		this.lastRead = this.connection.loop().now();
		return this.protocol.receive(bytes, from, to);
	}

	@Override
	public void onText(String text) {
		ApplicationPing ping = options().applicationPing();
		if (ping != null && ping.matches(text)) {
			answerApplicationPing(ping);
		}
		else if (this.session.endpoint().handler().intercept(this.session, text)) {
			this.lastMessage = this.lastRead;
		}
		else {
			deliverMessage(text);
		}
	}

	@Override
	public void onBinary(byte[] data) {
		deliverMessage(data);
	}

	private void deliverMessage(Object message) {
		this.lastMessage = this.lastRead;
		deliver(message);
	}

	private void deliver(Object item) {
		this.delivery.deliver(item);
		pauseIfFull();
	}

	private void pauseIfFull() {
		// who reads a stream is one of those that wait, and waits for its rest
		if (this.delivery.isFull() && !isInStream()) {
			this.protocol.pause();
			this.connection.pauseReading();
		}
	}

	private boolean isInStream() {
		return this.streams != null && this.streams.isInMessage();
	}

	@Override
	public void onBegin(boolean text) {
		intake().begin(text);
	}

	@Override
	public boolean onPart(byte[] bytes, int from, int to) {
		this.lastMessage = this.lastRead;
		boolean more = intake().part(bytes, from, to);
		if (!more) {
			this.connection.pauseReading();
		}
		return more;
	}

	@Override
	public void onEnd() {
		ApplicationPing ping = options().applicationPing();
		if (intake().end() && ping != null) {
			answerApplicationPing(ping);
		}
		else {
			this.lastMessage = this.lastRead;
			pauseIfFull();
		}
	}

	private StreamIntake intake() {
		return Objects.requireNonNull(this.streams);
	}

	/** Nobody is left to wait for the rest of a message. */
	private void abortStream(CloseStatus status) {
		if (this.streams != null) {
			this.streams.abort(status);
		}
	}

	/** A peer that does not read gets no answers piled up. */
	private void answerApplicationPing(ApplicationPing ping) {
		if (!this.connection.isBlocked()) {
			charge(ping.answer());
			this.connection.write(ping.answer(), null);
		}
	}

	@Override
	public void onPing(byte[] payload) {
		// RFC 6455 5.5.3: an endpoint that has not answered earlier pings yet "MAY elect
		// to send a Pong frame for only the most recently processed Ping frame"
		if (this.connection.isBlocked()) {
			this.unanswered = payload;
		}
		else {
			writeControl(Frame.pong(payload));
		}
	}

	@Override
	public void onPong(byte[] payload) {
		if (this.protocol.state() == State.OPEN && this.session.endpoint().handler().wantsPongs()
				&& !(isInStream() && this.delivery.isFull())) {
			deliver(new Invoker.Pong(payload));
		}
	}

	@Override
	public void onClose(CloseStatus status) {
		abortStream(status);
		ending().decide(status, null);
		afterWhatWasReceived();
	}

	@Override
	public void onFailure(CloseStatus status) {
		abortStream(status);
		ending().decide(status,
				(status.code() == CloseStatus.TOO_BIG.code()) ? CloseCause.MESSAGE_TOO_BIG : CloseCause.PROTOCOL);
		afterWhatWasReceived();
	}

	/**
	 * The peer is finished. Our close frame follows the answers to what it had said, if
	 * the handler gives them soon.
	 */
	private void afterWhatWasReceived() {
		if (this.protocol.state() == State.CLOSED) {
			endGracefully();
			return;
		}
		setDeadline(MAX_ANSWER_NANOS);
		this.delivery.deliver((Runnable) () -> onLoop(this::answerClose));
		if (this.protocol.state() == State.CLOSE_RECEIVED) {
			this.connection.loop().sweepBy(ending().deadline);
		}
	}

	private void setDeadline(long nanos) {
		ending().deadline = this.connection.loop().now() + nanos;
		this.connection.tickSoon();
	}

	private void answerClose() {
		CloseStatus status = ending().statusOr(CloseStatus.NORMAL);
		if (this.protocol.state() == State.CLOSE_RECEIVED) {
			// RFC 6455 5.5.1: "the endpoint typically echos the status code it received"
			sendClose(status);
		}
	}

	private void sendClose(CloseStatus status) {
		abortStream(status);
		Frame frame = this.session.hasEnded() ? null : this.protocol.close(status);
		if (frame == null) {
			return;
		}
		charge(frame);
		this.connection.write(frame, null);
		if (this.protocol.state() == State.CLOSED) {
			endGracefully();
		}
		else {
			this.session.markClosing();
			setDeadline(MAX_CLOSE_NANOS);
			// its answer has to be read, even if nobody takes messages any more
			this.connection.resumeReading();
		}
	}

	/**
	 * Begins the closing handshake because the application wants it.
	 * @param status what to tell the peer
	 */
	void close(CloseStatus status) {
		end(status, null);
	}

	/** What was received before is answered first. */
	@Override
	public void shutDown(CloseStatus status) {
		this.delivery.deliver((Runnable) () -> onLoop(() -> end(status, CloseCause.SHUTDOWN)));
	}

	private void end(CloseStatus status, @Nullable CloseCause cause) {
		ending().decide(status, cause);
		sendClose(status);
	}

	/**
	 * A message found no room.
	 * @param buffered how many bytes would have waited
	 * @param limit how many may
	 */
	void overflown(long buffered, int limit) {
		// what waits will hardly be read; our close frame might
		this.session.release(this.connection.dropOldest(Integer.MAX_VALUE));
		end(CloseStatus.TRY_AGAIN_LATER.withReason(buffered + " bytes unread, limit is " + limit),
				CloseCause.OUTBOUND_QUEUE);
	}

	/**
	 * The handler failed. May be called from any thread.
	 * @param failure what was thrown
	 */
	void handlerFailed(Throwable failure) {
		this.session.markClosing();
		this.connection.context().listener().handlerFailed(this.session.endpoint(), this.session, failure);
		onLoop(() -> end(CloseStatus.SERVER_ERROR, CloseCause.HANDLER_FAILED));
	}

	/**
	 * The handler was told of the end. May be called from any thread.
	 */
	void handlerDone() {
		this.connection.context().admission().sessionEnded();
	}

	/**
	 * The handler could not be called.
	 * @param failure what the executor said
	 */
	void deliveryFailed(Throwable failure) {
		this.connection.context().listener().engineFailed("handing " + this.session + " to its executor", failure);
		onLoop(() -> end(CloseStatus.TRY_AGAIN_LATER, CloseCause.HANDLER_FAILED));
	}

	/**
	 * Writes a frame of the session that was counted.
	 * @param frame the frame
	 * @param receipt told what becomes of it, {@code null} if nobody wants to know
	 */
	void send(Frame frame, WriteQueue.@Nullable Receipt receipt) {
		if (!this.protocol.state().speaks() || this.connection.isClosed()) {
			this.session.release(frame.size());
			if (receipt != null) {
				receipt.done(false);
			}
			return;
		}
		this.lastMessage = this.connection.loop().now();
		Frame finished = this.compression.finish(frame);
		if (finished != frame) {
			this.session.release(frame.size() - finished.size());
		}
		this.connection.write(finished, receipt);
		if (options().outbound().overflow() == Overflow.DROP_OLDEST) {
			makeRoom();
		}
	}

	/**
	 * Writes a frame of the session that was counted, and to the socket what it takes.
	 * @param frame the frame
	 */
	void sendAtOnce(Frame frame) {
		boolean hold = this.connection.holdFlush();
		try {
			send(frame, null);
		}
		finally {
			if (hold) {
				this.connection.flush();
			}
		}
	}

	/**
	 * Whether the socket is likely to take something now.
	 * @return {@code false} if what is sent has to wait, or is lost
	 */
	boolean isReceptive() {
		return this.protocol.state().speaks() && this.connection.isReceptive();
	}

	private void makeRoom() {
		long excess = this.session.bufferedBytes() - options().outbound().queueSize();
		if (excess > 0) {
			this.session.release(this.connection.dropOldest((int) Math.min(excess, Integer.MAX_VALUE)));
		}
	}

	/**
	 * Sends a ping that the application wants.
	 * @param ping the frame
	 */
	void ping(Frame ping) {
		if (this.protocol.state() == State.OPEN && !this.session.hasEnded()) {
			writeControl(ping);
		}
	}

	private void writeControl(Frame frame) {
		charge(frame);
		this.connection.writeUrgent(frame);
	}

	private void charge(Frame frame) {
		this.session.charge(frame.size());
	}

	@Override
	public void written(int bytes) {
		this.session.release(bytes);
		if (this.session.relieve()) {
			tellRelief();
			this.session.tellHandlerOfRoom();
		}
	}

	/** Later, as its dependents may send, which those who write cannot bear. */
	private void tellRelief() {
		CompletableFuture<Void> waiting = this.relief;
		if (waiting != null) {
			this.relief = null;
			this.connection.loop().execute(() -> waiting.complete(null));
		}
	}

	/**
	 * Tells when there is room in the outbound queue.
	 * @param future completed then
	 */
	void whenWritable(CompletableFuture<Void> future) {
		if (!this.session.isPressed()) {
			future.complete(null);
			return;
		}
		if (this.relief == null) {
			this.relief = new CompletableFuture<>();
		}
		this.relief.thenRun(() -> future.complete(null));
	}

	/**
	 * Calls something in the place of the handler.
	 * @param call what to call
	 */
	void call(SessionCall call) {
		this.delivery.deliver(call);
	}

	@Override
	public void drained() {
		byte[] payload = this.unanswered;
		if (payload != null && this.protocol.state() == State.OPEN) {
			this.unanswered = null;
			writeControl(Frame.pong(payload));
		}
	}

	/**
	 * Lets the peer's bytes in again. May be called from any thread.
	 */
	void resumeReading() {
		onLoop((this.streams != null) ? this::readOn : this.connection::resumeReading);
	}

	/** Only if neither handler nor reader is behind. */
	private void readOn() {
		boolean handlerIsBehind = !isInStream() && this.delivery.isFull();
		if (!handlerIsBehind && !intake().isFull()) {
			this.connection.resumeReading();
		}
	}

	/**
	 * Runs something on the connection's loop: at once if the caller is the loop.
	 * @param task what to run
	 */
	void onLoop(Runnable task) {
		if (this.connection.loop().inLoop()) {
			task.run();
		}
		else {
			this.connection.loop().execute(task);
		}
	}

	/**
	 * Runs something on the connection's loop, even if the caller is the loop not before
	 * it is done with what it is doing.
	 * @param task what to run
	 */
	void later(Runnable task) {
		this.connection.loop().execute(task);
	}

	String nameOf(long number) {
		return this.connection.context().registry().ids().name(number);
	}

	EventLoop loop() {
		return this.connection.loop();
	}

	InetSocketAddress remoteAddress() {
		return this.connection.remoteAddress();
	}

	@Override
	public void ended() {
		// a FIN without a close frame; after one, our answer is still to be written
		if (this.protocol.state() != State.CLOSE_RECEIVED) {
			endSession(CloseStatus.ABNORMAL);
			this.connection.finish();
		}
	}

	@Override
	public void broken(@Nullable IOException cause) {
		// the handler may have dropped us in the midst of what is being received
		this.protocol.pause();
		endSession(CloseStatus.ABNORMAL);
	}

	/**
	 * Reports a failure of ours, and drops the connection.
	 * @param what what was done to the session
	 * @param failure what was thrown
	 */
	void failed(String what, Throwable failure) {
		this.connection.fail(what + " " + this.session, failure);
	}

	/**
	 * Drops the connection without a close frame.
	 */
	void terminate() {
		this.connection.breakOff();
	}

	private void endGracefully() {
		endSession(CloseStatus.ABNORMAL);
		this.connection.finish();
	}

	/**
	 * Tells everybody that the session is over, once.
	 * @param otherwise how, if that is not known yet
	 */
	private void endSession(CloseStatus otherwise) {
		if (this.session.hasEnded()) {
			return;
		}
		Ending ending = ending();
		CloseStatus status = ending.statusOr(otherwise);
		ending.decide(status, ending.cause);
		this.session.markEnded();
		this.session.endpoint().handler().ended(this.session);
		abortStream(status);
		tellRelief();
		this.compression.close();
		this.connection.context().registry().remove(this.session);
		this.connection.context().listener().closed(this.session, status, ending.cause);
		this.delivery.deliver(new Invoker.Closed(status));
	}

	@Override
	public long tick(long now) {
		return switch (this.protocol.state()) {
			case OPEN -> tickOpen(now);
			case CLOSE_RECEIVED -> {
				if (now - ending().deadline >= 0) {
					answerClose();
				}
				else {
					this.connection.loop().sweepBy(ending().deadline);
				}
				// so near, it is asked again in each sweep
				yield 0;
			}
			case CLOSE_SENT -> {
				long left = ending().deadline - now;
				if (left <= 0) {
					giveUp();
				}
				yield left;
			}
			case CLOSED -> NEVER;
		};
	}

	private long tickOpen(long now) {
		if (this.connection.loop().isAfterPause()) {
			this.lastRead = now;
			this.lastMessage = now;
			this.lastPing = Heartbeat.NO_PING;
			this.connection.excuseStall();
		}
		long tokenLeft = (this.expiresAt != NEVER) ? this.expiresAt - now : NEVER;
		long stallLeft = this.connection.isBlocked()
				? Durations.nanos(options().outbound().sendTimeout()) - this.connection.stalledFor(now) : NEVER;
		Duration idle = options().idleTimeout();
		long idleLeft = (idle != null) ? this.lastMessage + Durations.nanos(idle) - now : NEVER;
		if (tokenLeft <= 0) {
			end(new CloseStatus(UNAUTHORIZED, "token has expired"), CloseCause.TOKEN_EXPIRED);
		}
		else if (stallLeft <= 0) {
			ending().cause = CloseCause.SEND_TIMEOUT;
			this.connection.breakOff();
		}
		else if (idle != null && idleLeft <= 0) {
			end(CloseStatus.GOING_AWAY.withReason("no message for " + idle.toMillis() + " ms"), CloseCause.IDLE);
		}
		else {
			return Math.min(Math.min(tokenLeft, stallLeft), Math.min(idleLeft, tickHeartbeat(now)));
		}
		return 0;
	}

	private long tickHeartbeat(long now) {
		HeartbeatOptions heartbeat = options().heartbeat();
		// while we do not read, a peer's silence means nothing
		if (heartbeat == null || this.connection.isReadingPaused()) {
			return NEVER;
		}
		switch (Heartbeat.decide(heartbeat, now, this.lastRead, this.lastPing)) {
			case PING -> {
				this.lastPing = now;
				writeControl(Frame.ping(new byte[0]));
			}
			case EXPIRED -> {
				CloseStatus status = CloseStatus.GOING_AWAY
					.withReason("no sign of life within " + heartbeat.timeout().toMillis() + " ms of a ping");
				ending().decide(status, CloseCause.HEARTBEAT);
				sendClose(status);
				giveUp();
			}
			case NONE -> {
			}
		}
		return Heartbeat.rest(heartbeat, now, this.lastRead, this.lastPing);
	}

	/** The peer does not answer: our last frames may still go out. */
	private void giveUp() {
		if (this.connection.isBlocked()) {
			this.connection.breakOff();
		}
		else {
			endGracefully();
		}
	}

	@Override
	public String toString() {
		return this.session + ", " + this.protocol + ", " + this.delivery;
	}

}
