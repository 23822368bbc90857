package io.github.wsspring.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The server's end of one WebSocket connection without its socket: bytes in, events out,
 * and who may still say what.
 *
 * <pre>
 *          close()                       peer's close frame, or its fault
 *   OPEN -----------> CLOSE_SENT ---------------------------------------> CLOSED
 *     |                                                                     ^
 *     | peer's close frame, or its fault                        close()     |
 *     +-------------------------------> CLOSE_RECEIVED ---------------------+
 * </pre>
 *
 * Belongs to one thread.
 */
public final class WebSocketProtocol {

	private final ProtocolEvents events;

	private final FrameDecoder decoder;

	private State state = State.OPEN;

	/**
	 * Begins after the 101.
	 * @param limits how much the peer may send
	 * @param compression what was agreed on about messages; to be closed by the caller
	 * @param events takes what the peer says
	 */
	public WebSocketProtocol(ProtocolLimits limits, Compression compression, ProtocolEvents events) {
		this(limits, compression, MessageKinds.NONE, new TextWorkspace(), events);
	}

	/**
	 * Begins after the 101.
	 * @param limits how much the peer may send
	 * @param compression what was agreed on about messages; to be closed by the caller
	 * @param inParts which messages are wanted in parts as they arrive, instead of as a
	 * whole
	 * @param workspace where texts are put together; the caller's thread uses it for
	 * nothing else at the same time
	 * @param events takes what the peer says
	 */
	public WebSocketProtocol(ProtocolLimits limits, Compression compression, MessageKinds inParts,
			TextWorkspace workspace, ProtocolEvents events) {
		this.events = events;
		this.decoder = new FrameDecoder(new MessageAssembler(limits, compression, inParts, workspace, new Gate()));
	}

	/**
	 * How far the closing handshake has come (RFC 6455, section 7).
	 * @return the state
	 */
	public State state() {
		return this.state;
	}

	/**
	 * Takes bytes from the peer. Never throws: a peer's fault is an event.
	 * @param bytes holds the bytes; payloads are unmasked in place
	 * @param from the index of the first one
	 * @param to the index after the last one
	 * @return the index after the last byte that was taken: {@code to} unless
	 * {@link #pause()} was called by an event, or {@link ProtocolEvents#onPart} wants no
	 * more
	 */
	public int receive(byte[] bytes, int from, int to) {
		// RFC 6455 5.5.1 and 7.1.7: what follows a close frame or a fault is discarded
		if (!this.state.listens()) {
			return to;
		}
		try {
			int taken = this.decoder.decode(bytes, from, to);
			return this.state.listens() ? taken : to;
		}
		catch (ProtocolException ex) {
			return fail(ex.status(), to);
		}
	}

	private int fail(CloseStatus status, int to) {
		endOfPeer();
		this.events.onFailure(status);
		return to;
	}

	/**
	 * Makes {@link #receive} return after the frame that it is reading. To be called by
	 * an event.
	 */
	public void pause() {
		this.decoder.stop();
	}

	/**
	 * Closes our side: there is nothing more to send after the frame that this returns.
	 * @param status the status to send
	 * @return the close frame to write, {@code null} if there was one before
	 * @throws IllegalArgumentException if the status may not be sent
	 */
	public @Nullable Frame close(CloseStatus status) {
		Frame frame = Frame.close(status);
		switch (this.state) {
			case OPEN -> this.state = State.CLOSE_SENT;
			case CLOSE_RECEIVED -> this.state = State.CLOSED;
			case CLOSE_SENT, CLOSED -> {
				return null;
			}
		}
		return frame;
	}

	/**
	 * The close frame of a connection that is closed before it begins.
	 * @param status the status to send
	 * @return the frame
	 * @throws IllegalArgumentException if the status may not be sent
	 */
	public static Frame closeFrame(CloseStatus status) {
		return Frame.close(status);
	}

	private void endOfPeer() {
		this.state = (this.state == State.CLOSE_SENT) ? State.CLOSED : State.CLOSE_RECEIVED;
		this.decoder.stop();
	}

	@Override
	public String toString() {
		return this.state + " (" + this.decoder + ")";
	}

	/** How far the closing handshake has come. */
	public enum State {

		/** Both sides may send. */
		OPEN,

		/** We have sent our close frame and wait for the peer's. */
		CLOSE_SENT,

		/** The peer has closed or broken a rule; we have not sent our close frame yet. */
		CLOSE_RECEIVED,

		/** Nobody has anything more to say. */
		CLOSED;

		boolean listens() {
			return this == OPEN || this == CLOSE_SENT;
		}

		/**
		 * Whether we may still send messages.
		 * @return {@code false} once our close frame was made
		 */
		public boolean speaks() {
			return this == OPEN || this == CLOSE_RECEIVED;
		}

	}

	/** Lets messages pass while we are open, and sees the peer's close frame first. */
	private final class Gate implements ProtocolEvents {

		@Override
		public void onText(String text) {
			if (WebSocketProtocol.this.state == State.OPEN) {
				WebSocketProtocol.this.events.onText(text);
			}
		}

		@Override
		public void onBinary(byte[] data) {
			if (WebSocketProtocol.this.state == State.OPEN) {
				WebSocketProtocol.this.events.onBinary(data);
			}
		}

		@Override
		public void onBegin(boolean text) {
			if (WebSocketProtocol.this.state == State.OPEN) {
				WebSocketProtocol.this.events.onBegin(text);
			}
		}

		@Override
		public boolean onPart(byte[] bytes, int from, int to) {
			boolean more = WebSocketProtocol.this.state != State.OPEN
					|| WebSocketProtocol.this.events.onPart(bytes, from, to);
			if (!more) {
				pause();
			}
			return more;
		}

		@Override
		public void onEnd() {
			if (WebSocketProtocol.this.state == State.OPEN) {
				WebSocketProtocol.this.events.onEnd();
			}
		}

		@Override
		public void onPing(byte[] payload) {
			if (WebSocketProtocol.this.state == State.OPEN) {
				WebSocketProtocol.this.events.onPing(payload);
			}
		}

		@Override
		public void onPong(byte[] payload) {
			WebSocketProtocol.this.events.onPong(payload);
		}

		@Override
		public void onClose(CloseStatus status) {
			endOfPeer();
			WebSocketProtocol.this.events.onClose(status);
		}

		@Override
		public void onFailure(CloseStatus status) {
			throw new IllegalStateException("The assembler throws its failures");
		}

	}

}
