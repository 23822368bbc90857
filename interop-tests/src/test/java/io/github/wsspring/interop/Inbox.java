package io.github.wsspring.interop;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What arrives at one end, in its order.
 */
final class Inbox {

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	void text(String text) {
		this.events.add(text);
	}

	void binary(byte[] data) {
		this.events.add(ByteBuffer.wrap(data));
	}

	/** Takes a copy. */
	void binary(ByteBuffer data) {
		binary(bytes(data));
	}

	/** Takes a copy. */
	void pong(ByteBuffer payload) {
		this.events.add(new Pong(ByteBuffer.wrap(bytes(payload))));
	}

	void closed(int code, String reason) {
		this.events.add(new Closed(code, reason));
	}

	void failed(Throwable failure) {
		this.events.add(failure);
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.duplicate().get(bytes);
		return bytes;
	}

	void clear() {
		this.events.clear();
	}

	/**
	 * Waits for the next event and demands that it is this one.
	 * @param expected the event
	 * @throws InterruptedException if the wait is interrupted
	 */
	void expect(Object expected) throws InterruptedException {
		Object event = this.events.poll(10, TimeUnit.SECONDS);
		assertThat(event).isEqualTo(expected);
	}

	/**
	 * A pong.
	 *
	 * @param payload its payload
	 */
	record Pong(ByteBuffer payload) {

	}

	/**
	 * The end of a session.
	 *
	 * @param code the code
	 * @param reason the reason
	 */
	record Closed(int code, String reason) {

	}

}
