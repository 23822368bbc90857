package io.github.wsspring.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the assembler keeps and hands out; its rules are tested by
 * {@link WebSocketProtocolTests}.
 */
class MessageAssemblerTests {

	private static final int FIN = 0x80;

	private final Collected events = new Collected();

	@Test
	void aMessageThatArrivesWholeIsCopiedOutOfTheReadBuffer() throws ProtocolException {
		MessageAssembler assembler = assembler(ProtocolLimits.DEFAULTS);
		byte[] buffer = { 1, 2, 3, 4 };
		assembler.onHeader(FIN | Opcode.BINARY, 2);
		assembler.onPayload(buffer, 1, 3, true);
		Arrays.fill(buffer, (byte) 0);
		assertThat(this.events.binaries).containsExactly(new byte[] { 2, 3 });
	}

	@Test
	void gatheredMessagesDoNotShareTheirBytes() throws ProtocolException {
		MessageAssembler assembler = assembler(ProtocolLimits.DEFAULTS);
		for (byte value = 1; value <= 2; value++) {
			assembler.onHeader(FIN | Opcode.BINARY, 2);
			assembler.onPayload(new byte[] { value }, 0, 1, false);
			assembler.onPayload(new byte[] { value }, 0, 1, true);
		}
		assertThat(this.events.binaries).containsExactly(new byte[] { 1, 1 }, new byte[] { 2, 2 });
	}

	@Test
	void whatIsAnnouncedIsNotAllocatedBeforeItArrives() {
		MessageAssembler assembler = assembler(new ProtocolLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 1024));
		long allocated = Allocations.of(() -> announceMuchAndSendLittle(assembler));
		assertThat(allocated).isLessThan(1024 * 1024);
		assertThat(assembler).hasToString("in fragment 1, 1000 bytes gathered");
	}

	private static void announceMuchAndSendLittle(MessageAssembler assembler) {
		try {
			assembler.onHeader(FIN | Opcode.BINARY, Integer.MAX_VALUE);
			assembler.onPayload(new byte[1000], 0, 1000, false);
		}
		catch (ProtocolException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aByteWiseSenderCostsNoMoreThanAFewCopies() {
		int size = 1024 * 1024;
		MessageAssembler assembler = assembler(new ProtocolLimits(size, size, 1));
		long allocated = Allocations.of(() -> sendByteWise(assembler, size));
		assertThat(this.events.binaries).hasSize(1);
		assertThat(this.events.binaries.get(0)).hasSize(size);
		assertThat(allocated).isLessThan(4L * size);
	}

	private static void sendByteWise(MessageAssembler assembler, int size) {
		byte[] one = { 1 };
		try {
			assembler.onHeader(FIN | Opcode.BINARY, size);
			for (int sent = 1; sent <= size; sent++) {
				assembler.onPayload(one, 0, 1, sent == size);
			}
		}
		catch (ProtocolException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void theBufferNeverOutgrowsTheLimit() throws ProtocolException {
		MessageAssembler assembler = assembler(new ProtocolLimits(1000, 1000, 1000));
		assembler.onHeader(Opcode.BINARY, 900);
		long allocated = Allocations.of(() -> {
			try {
				assembler.onPayload(new byte[900], 0, 900, true);
			}
			catch (ProtocolException ex) {
				throw new AssertionError(ex);
			}
		});
		assertThat(allocated).isLessThan(900 + 1000 + 200);
	}

	@Test
	void aTextMayBeCutAnywhere() throws ProtocolException {
		MessageAssembler assembler = assembler(ProtocolLimits.DEFAULTS);
		assembler.onHeader(FIN | Opcode.TEXT, 3);
		assembler.onPayload(Hex.bytes("e2"), 0, 1, false);
		assembler.onPayload(Hex.bytes("82"), 0, 1, false);
		assembler.onPayload(Hex.bytes("ac"), 0, 1, true);
		assertThat(this.events.texts).containsExactly("\u20ac");
	}

	@Test
	void aFaultIsThrownWithItsStatus() {
		MessageAssembler assembler = assembler(ProtocolLimits.DEFAULTS);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> assembler.onHeader(0x83, 0))
			.satisfies((ex) -> {
				assertThat(ex.status()).isEqualTo(new CloseStatus(1002, "opcode 3 is reserved"));
				assertThat(ex.getStackTrace()).isEmpty();
			});
	}

	@Test
	void itTellsWhereItStands() throws ProtocolException {
		MessageAssembler assembler = assembler(ProtocolLimits.DEFAULTS);
		assertThat(assembler).hasToString("between messages");
		assembler.onHeader(Opcode.TEXT, 1);
		assembler.onPayload(Hex.bytes("61"), 0, 1, true);
		assembler.onHeader(Opcode.CONTINUATION, 1);
		assertThat(assembler).hasToString("in fragment 2, 1 bytes gathered");
	}

	private MessageAssembler assembler(ProtocolLimits limits) {
		return new MessageAssembler(limits, Compression.NONE, MessageKinds.NONE, new TextWorkspace(), this.events);
	}

	private static final class Collected implements ProtocolEvents {

		final List<String> texts = new ArrayList<>();

		final List<byte[]> binaries = new ArrayList<>();

		@Override
		public void onText(String text) {
			this.texts.add(text);
		}

		@Override
		public void onBinary(byte[] data) {
			this.binaries.add(data);
		}

		@Override
		public void onPing(byte[] payload) {
			throw new AssertionError("no ping was sent");
		}

		@Override
		public void onPong(byte[] payload) {
			throw new AssertionError("no pong was sent");
		}

		@Override
		public void onClose(CloseStatus status) {
			throw new AssertionError("no close frame was sent");
		}

		@Override
		public void onFailure(CloseStatus status) {
			throw new AssertionError("the assembler throws its failures");
		}

	}

}
