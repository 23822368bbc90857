package io.github.wsspring.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Makes messages of frames and checks what frames must be together.
 */
final class MessageReader {

	private final @Nullable Inflate inflate;

	private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

	private @Nullable Frame first;

	/**
	 * Creates a reader.
	 * @param inflate decompresses, {@code null} if no compression was agreed
	 */
	MessageReader(@Nullable Inflate inflate) {
		this.inflate = inflate;
	}

	/**
	 * Takes the next frame.
	 * @param frame a frame, legal by itself
	 * @return what it completes, if anything
	 * @throws Violation if it may not come here or its content is not legal
	 */
	Optional<Inbound> take(Frame frame) throws Violation {
		return switch (frame.opcode()) {
			case Frame.PING -> Optional.of(new Inbound.Pinged(frame.payload()));
			case Frame.PONG -> Optional.of(new Inbound.Received(Event.pong(frame.payload())));
			case Frame.CLOSE -> Optional.of(close(frame.payload()));
			default -> data(frame);
		};
	}

	private Optional<Inbound> data(Frame frame) throws Violation {
		boolean continues = frame.opcode() == Frame.CONTINUATION;
		if (continues != (this.first != null)) {
			throw Violation.ofProtocol(continues ? "nothing to continue" : "a message inside of a message");
		}
		if (continues && frame.rsv() != 0) {
			throw Violation.ofProtocol("RSV1 on a continuation");
		}
		Frame start = (this.first != null) ? this.first : frame;
		this.payload.writeBytes(frame.payload());
		if (!frame.fin()) {
			this.first = start;
			return Optional.empty();
		}
		byte[] content = content(start);
		this.payload.reset();
		this.first = null;
		if (start.opcode() == Frame.BINARY) {
			return Optional.of(new Inbound.Received(Event.binary(content)));
		}
		checkUtf8(content);
		return Optional.of(new Inbound.Received(Event.text(content)));
	}

	private byte[] content(Frame start) throws Violation {
		byte[] received = this.payload.toByteArray();
		return (start.rsv() == 0 || this.inflate == null) ? received : this.inflate.message(received);
	}

	private static Inbound close(byte[] payload) throws Violation {
		if (payload.length == 0) {
			return new Inbound.Closed(Inbound.Closed.NO_CODE);
		}
		if (payload.length == 1) {
			throw Violation.ofProtocol("a Close of one octet");
		}
		int code = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
		if (!mayBeSent(code)) {
			throw Violation.ofProtocol("close code " + code);
		}
		checkUtf8(Arrays.copyOfRange(payload, 2, payload.length));
		return new Inbound.Closed(code);
	}

	// RFC 6455 7.4 and the IANA registry: 1012-1014 have been added since
	static boolean mayBeSent(int code) {
		return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
	}

	private static void checkUtf8(byte[] octets) throws Violation {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
		}
		catch (CharacterCodingException ex) {
			throw Violation.ofPayload("text that is not UTF-8: " + Hex.abbreviated(octets));
		}
	}

}
