package io.github.wsspring.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.github.wsspring.handshake.UpgradeRequest;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.Frame;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.server.SessionOptions.OutboundOptions;
import io.github.wsspring.transport.EventLoop;
import io.github.wsspring.transport.WriteQueue;
import org.jspecify.annotations.Nullable;

/**
 * The side of a session that any thread may use: counts what waits to be written, and
 * hands everything over to the event loop in order.
 * <p>
 * The loop itself writes at once, unless something that was sent from outside is still on
 * its way: then it has to queue up as well.
 */
final class LiveSession implements Session {

	private static final VarHandle STATE;

	private static final VarHandle BUFFERED;

	private static final VarHandle FROM_OUTSIDE;

	private static final VarHandle TOPICS;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			STATE = lookup.findVarHandle(LiveSession.class, "state", State.class);
			BUFFERED = lookup.findVarHandle(LiveSession.class, "buffered", long.class);
			FROM_OUTSIDE = lookup.findVarHandle(LiveSession.class, "fromOutside", int.class);
			TOPICS = lookup.findVarHandle(LiveSession.class, "topics", Set.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final long number;

	private final OpenPhase phase;

	private final Endpoint endpoint;

	private volatile @Nullable Identity identity;

	private final @Nullable String subprotocol;

	private volatile State state = State.OPEN;

	/** Bytes that were sent and not yet taken by the socket. */
	private volatile long buffered;

	/** How many frames from other threads the loop has yet to deliver. */
	private volatile int fromOutside;

	/** Whether there was backpressure that has not ended yet. */
	private volatile boolean pressed;

	/** Whether the handler is going to be told that there is room. */
	private volatile boolean drainPending;

	private volatile @Nullable Set<String> topics;

	private volatile @Nullable Object attachment;

	LiveSession(long number, OpenPhase phase, Endpoint endpoint, @Nullable Identity identity,
			@Nullable String subprotocol) {
		this.number = number;
		this.phase = phase;
		this.endpoint = endpoint;
		this.identity = identity;
		this.subprotocol = subprotocol;
	}

	@Override
	public String id() {
		return this.phase.nameOf(this.number);
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
		return this.phase.remoteAddress();
	}

	@Override
	public @Nullable Identity identity() {
		return this.identity;
	}

	@Override
	public CompletableFuture<Boolean> reauthenticate(String token, UpgradeRequest request) {
		return this.phase.reauthenticate(token, request);
	}

	/**
	 * Replaces the identity by another one of the same user.
	 * @param identity what is known of the user now
	 */
	void renew(Identity identity) {
		this.identity = identity;
	}

	@Override
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	@Override
	public long bufferedBytes() {
		return hasEnded() ? 0 : this.buffered;
	}

	@Override
	public SendResult send(PreparedMessage message) {
		Frame frame = prepare(message);
		SendResult result = reserve(frame);
		if (result.isAccepted()) {
			handOver(frame, null);
		}
		return result;
	}

	@Override
	public CompletableFuture<Void> sendAsync(PreparedMessage message) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		Frame frame = prepare(message);
		SendResult result = reserve(frame);
		if (result.isAccepted()) {
			// dependents may send or ping, which the queue cannot bear while it tells
			handOver(frame, (written) -> loop().execute(() -> complete(future, written)));
		}
		else {
			future.completeExceptionally(new SessionClosedException((result == SendResult.DROPPED)
					? "The outbound queue of session " + id() + " is full" : "Session " + id() + " is closed"));
		}
		return future;
	}

	private void complete(CompletableFuture<Void> future, boolean written) {
		if (written) {
			future.complete(null);
		}
		else {
			future.completeExceptionally(
					new SessionClosedException("Session " + id() + " ended before the message was written"));
		}
	}

	/**
	 * The frame of a message as it goes to this session.
	 * @param message the message
	 * @return a frame that other sessions may share
	 */
	Frame prepare(PreparedMessage message) {
		return this.phase.prepare(message);
	}

	/**
	 * Counts a frame that is about to be handed over.
	 * @param frame the frame
	 * @return what will become of it; counted only if it is accepted
	 */
	SendResult reserve(Frame frame) {
		if (this.state != State.OPEN) {
			return SendResult.CLOSED;
		}
		int size = frame.size();
		long after = (long) BUFFERED.getAndAdd(this, (long) size) + size;
		int limit = outbound().queueSize();
		if (after <= limit / 2) {
			return SendResult.QUEUED;
		}
		SendResult result = (after <= limit) ? SendResult.BACKPRESSURE : overflow(size, after, limit);
		if (result == SendResult.BACKPRESSURE) {
			// the frame is not on its way yet, so that its end will be noticed
			this.pressed = true;
		}
		return result;
	}

	private SendResult overflow(int size, long after, int limit) {
		switch (outbound().overflow()) {
			case DROP_OLDEST -> {
				// the loop makes room; but if it cannot keep up, this has to end
				// somewhere
				if (size <= limit && after <= 2L * limit) {
					return SendResult.BACKPRESSURE;
				}
			}
			case CLOSE -> endBy(() -> this.phase.overflown(after, limit));
			case DROP_NEWEST -> {
			}
		}
		release(size);
		return SendResult.DROPPED;
	}

	private OutboundOptions outbound() {
		return this.endpoint.options().outbound();
	}

	/**
	 * Counts bytes that wait no more.
	 * @param bytes how many
	 */
	void release(int bytes) {
		BUFFERED.getAndAdd(this, (long) -bytes);
	}

	/**
	 * Ends the backpressure if little enough waits. To be called by the loop.
	 * @return {@code true} if there was backpressure until now
	 */
	boolean relieve() {
		if (!this.pressed) {
			return false;
		}
		// in this order, as other threads count first and set this afterwards
		this.pressed = false;
		if (this.buffered > outbound().queueSize() / 4) {
			this.pressed = true;
			return false;
		}
		return true;
	}

	/**
	 * Has the handler told that there is room, unless it is going to be told anyway. To
	 * be called by the loop.
	 */
	void tellHandlerOfRoom() {
		if (this.endpoint.handler().wantsDrain() && !this.drainPending) {
			this.drainPending = true;
			call(this::drain);
		}
	}

	private @Nullable CompletionStage<?> drain() throws Exception {
		this.drainPending = false;
		return this.endpoint.handler().onDrain(this);
	}

	boolean isPressed() {
		return this.pressed && !hasEnded();
	}

	@Override
	public CompletableFuture<Void> whenWritable() {
		CompletableFuture<Void> future = new CompletableFuture<>();
		if (isPressed()) {
			loop().execute(() -> this.phase.whenWritable(future));
		}
		else {
			future.complete(null);
		}
		return future;
	}

	/** Not at once, even by the loop: the handler may be the caller. */
	@Override
	public void call(SessionCall call) {
		loop().execute(() -> this.phase.call(call));
	}

	@Override
	public Executor executor() {
		Executor executor = this.endpoint.executor();
		return (executor != null) ? executor : loop();
	}

	@Override
	public boolean inLoop() {
		return loop().inLoop();
	}

	/**
	 * Counts bytes that go out without having been asked for.
	 * @param bytes how many
	 */
	void charge(int bytes) {
		BUFFERED.getAndAdd(this, (long) bytes);
	}

	private void handOver(Frame frame, WriteQueue.@Nullable Receipt receipt) {
		if (loop().inLoop() && this.fromOutside == 0) {
			this.phase.send(frame, receipt);
		}
		else {
			expectFromOutside();
			loop().execute(() -> {
				FROM_OUTSIDE.getAndAdd(this, -1);
				this.phase.send(frame, receipt);
			});
		}
	}

	/**
	 * Announces a call of {@link #deliverFromOutside}.
	 */
	void expectFromOutside() {
		FROM_OUTSIDE.getAndAdd(this, 1);
	}

	/**
	 * Writes a frame that was counted and announced, on the loop.
	 * @param frame the frame
	 * @param atOnce whether to write it to the socket now rather than at the end of the
	 * turn
	 */
	void deliverFromOutside(Frame frame, boolean atOnce) {
		FROM_OUTSIDE.getAndAdd(this, -1);
		if (atOnce) {
			this.phase.sendAtOnce(frame);
		}
		else {
			this.phase.send(frame, null);
		}
	}

	/**
	 * Something of ours failed that leaves the connection in an unknown state: it is
	 * dropped. To be called by the loop.
	 * @param what what was done to the session
	 * @param failure what was thrown
	 */
	void failed(String what, Throwable failure) {
		this.phase.failed(what, failure);
	}

	/**
	 * Whether the socket is likely to take something now that was announced. For the
	 * loop.
	 * @return {@code false} if what is sent has to wait, or is lost
	 */
	boolean isReceptive() {
		return this.fromOutside > 0 && this.phase.isReceptive();
	}

	EventLoop loop() {
		return this.phase.loop();
	}

	private void onLoop(Runnable task) {
		if (loop().inLoop() && this.fromOutside == 0) {
			task.run();
		}
		else {
			loop().execute(task);
		}
	}

	@Override
	public void ping(byte[] payload) {
		Frame ping = Frame.ping(payload);
		onLoop(() -> this.phase.ping(ping));
	}

	@Override
	public void close(CloseStatus status) {
		if (!status.isSendable()) {
			throw new IllegalArgumentException("Close code " + status.code()
					+ " may not be sent (RFC 6455, section 7.4); use 1000 or one of 4000-4999");
		}
		endBy(() -> this.phase.close(status));
	}

	/**
	 * Lets no more messages in or out, if this was not so before, and has the loop do the
	 * rest.
	 */
	private void endBy(Runnable task) {
		if (STATE.compareAndSet(this, State.OPEN, State.CLOSING)) {
			onLoop(task);
		}
	}

	/**
	 * Lets no more messages in or out because we have to end the session.
	 */
	void markClosing() {
		if (!STATE.compareAndSet(this, State.OPEN, State.CLOSING)) {
			STATE.compareAndSet(this, State.LOST, State.ENDED);
		}
	}

	/**
	 * The connection is over.
	 */
	void markEnded() {
		if (!STATE.compareAndSet(this, State.OPEN, State.LOST)) {
			this.state = State.ENDED;
		}
	}

	@Override
	public void terminate() {
		markClosing();
		onLoop(this.phase::terminate);
	}

	/**
	 * Whether messages that have arrived are still for the handler.
	 * @return {@code false} once we have decided to end the session
	 */
	boolean takesMessages() {
		State current = this.state;
		return current == State.OPEN || current == State.LOST;
	}

	boolean hasEnded() {
		State current = this.state;
		return current == State.ENDED || current == State.LOST;
	}

	Set<String> topics() {
		Set<String> joined = this.topics;
		return (joined != null) ? joined : Set.of();
	}

	/**
	 * The topics of this session, to be changed.
	 * @return a set that several threads may change
	 */
	Set<String> joinedTopics() {
		Set<String> joined = this.topics;
		if (joined != null) {
			return joined;
		}
		Set<String> fresh = ConcurrentHashMap.newKeySet(4);
		return TOPICS.compareAndSet(this, null, fresh) ? fresh : joinedTopics();
	}

	@Override
	public @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public void attach(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	/** The number of the session among those of its server. */
	long number() {
		return this.number;
	}

	/**
	 * Has hash tables of sessions keep them in the order in which they were opened, which
	 * is that of their memory: a broadcast gets faster by that.
	 */
	@Override
	public int hashCode() {
		return Long.hashCode(this.number);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public String toString() {
		return this.endpoint.id() + "/" + id() + " " + this.state;
	}

	private enum State {

		/** Messages go both ways. */
		OPEN,

		/** We have decided to end the session. */
		CLOSING,

		/** The connection ended after we had decided so. */
		ENDED,

		/** The connection ended by itself; what had arrived is still for the handler. */
		LOST

	}

}
