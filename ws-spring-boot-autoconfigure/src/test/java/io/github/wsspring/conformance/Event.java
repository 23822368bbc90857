package io.github.wsspring.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Something that the tester has seen happen and that a case expects or not.
 *
 * @param kind what happened
 * @param payload the octets that came with it
 */
record Event(Kind kind, ByteBuffer payload) {

	static Event text(String payload) {
		return text(payload.getBytes(StandardCharsets.UTF_8));
	}

	static Event text(byte[] payload) {
		return new Event(Kind.TEXT, ByteBuffer.wrap(payload));
	}

	static Event binary(byte[] payload) {
		return new Event(Kind.BINARY, ByteBuffer.wrap(payload));
	}

	static Event pong(String payload) {
		return pong(payload.getBytes(StandardCharsets.UTF_8));
	}

	static Event pong(byte[] payload) {
		return new Event(Kind.PONG, ByteBuffer.wrap(payload));
	}

	static Event mark(String name) {
		return new Event(Kind.WAIT, ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public String toString() {
		return this.kind.name().toLowerCase(Locale.ROOT) + "(" + Hex.abbreviated(this.payload.array()) + ")";
	}

	enum Kind {

		TEXT, BINARY, PONG, WAIT

	}

}
