package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameDecoderTests {

	private static List<String> decode(byte[] bytes) {
		return Splits.sameForEach(bytes, (pieces) -> {
			Log log = new Log();
			pieces.forEach(log::decode);
			return log.lines;
		});
	}

	@Test
	void aFrameIsItsHeaderAndThenItsPayload() {
		assertThat(decode(Hex.bytes("81 85 37fa213d 7f9f4d5158"))).containsExactly("header 81 5", "payload 48656c6c6f");
	}

	@Test
	void framesFollowEachOtherWithoutAGap() {
		assertThat(decode(Hex.bytes("02 81 01000000 03  89 80 00000000  80 82 ff00ff00 0203")))
			.containsExactly("header 2 1", "payload 02", "header 89 0", "payload ", "header 80 2", "payload fd03");
	}

	@Test
	void rulesAreNoneOfItsBusiness() {
		assertThat(decode(Hex.bytes("7f 80 00000000  09 80 00000000"))).containsExactly("header 7f 0", "payload ",
				"header 9 0", "payload ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 124, 125, 126, 127, 128, 255, 256, 65535, 65536, 65537 })
	void payloadsOfAnyLengthAreUnmasked(int length) {
		byte[] payload = new byte[length];
		for (int i = 0; i < length; i++) {
			payload[i] = (byte) (i * 7);
		}
		assertThat(decode(ClientFrame.of(0x82, payload, 0x80c1f203))).containsExactly("header 82 " + length,
				"payload " + Hex.of(payload));
	}

	@Test
	void theLongestLengthIsReported() {
		assertThat(decode(ClientFrame.header(0x82, 64, Long.MAX_VALUE, -1)))
			.containsExactly("header 82 " + Long.MAX_VALUE);
	}

	@ParameterizedTest
	@CsvSource({ "81 00, frame is not masked", "81 7e, frame is not masked", "81 7f, frame is not masked",
			"81 fe 007d 00000000, frame length is not minimal",
			"81 ff 000000000000ffff 00000000, frame length is not minimal",
			"81 ff 8000000000000000 00000000, frame length has its highest bit set" })
	void badHeadersAreRefused(String hex, String reason) {
		List<String> outcome = Splits.sameForEach(Hex.bytes(hex), (pieces) -> {
			Log log = new Log();
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> {
				for (byte[] piece : pieces) {
					log.decoder.decode(piece, 0, piece.length);
				}
			}).withMessage(reason).satisfies((ex) -> assertThat(ex.status()).hasToString("1002 " + reason));
			return log.lines;
		});
		assertThat(outcome).isEmpty();
	}

	@Test
	void aHeaderIsReportedAsSoonAsItIsThere() {
		Log log = new Log();
		log.decode(Hex.bytes("82 81 00000000"));
		assertThat(log.lines).containsExactly("header 82 1");
		assertThat(log.decoder).hasToString("payload, 1 octets missing");
	}

	@Test
	void anEmptyPayloadEndsWithItsHeader() {
		Log log = new Log();
		log.decode(Hex.bytes("82 80 00000000"));
		assertThat(log.lines).containsExactly("header 82 0", "payload ");
		assertThat(log.decoder).hasToString("header, 0 octets read");
	}

	@Test
	void payloadsAreUnmaskedInPlaceAndTheRestIsLeftAlone() throws ProtocolException {
		Log log = new Log();
		byte[] bytes = Hex.bytes("ffff 82 82 0f0f0f0f 0102 ffff");
		assertThat(log.decoder.decode(bytes, 2, 10)).isEqualTo(10);
		assertThat(Hex.of(bytes)).isEqualTo("ffff82820f0f0f0f0e0dffff");
	}

	@Test
	void stopReturnsAfterTheFrame() throws ProtocolException {
		Log log = new Log();
		log.stopping = true;
		byte[] bytes = Hex.bytes("82 81 01010101 00  82 81 01010101 02");
		assertThat(log.decoder.decode(bytes, 0, bytes.length)).isEqualTo(7);
		assertThat(Hex.of(Arrays.copyOfRange(bytes, 7, 14))).isEqualTo("82810101010102");
		assertThat(log.decoder.decode(bytes, 7, bytes.length)).isEqualTo(14);
		assertThat(log.lines).containsExactly("header 82 1", "payload 01", "header 82 1", "payload 03");
	}

	@Test
	void noBytesAreNoEvent() throws ProtocolException {
		Log log = new Log();
		assertThat(log.decoder.decode(new byte[4], 2, 2)).isEqualTo(2);
		log.decode(Hex.bytes("82 81 00000000"));
		assertThat(log.decoder.decode(new byte[4], 4, 4)).isEqualTo(4);
		assertThat(log.pieces).isZero();
	}

	/** Joins the pieces of each payload, as only their sum is the same for each split. */
	private static final class Log implements FrameHandler {

		final FrameDecoder decoder = new FrameDecoder(this);

		final List<String> lines = new ArrayList<>();

		final ByteArrayOutputStream payload = new ByteArrayOutputStream();

		int pieces;

		boolean stopping;

		void decode(byte[] bytes) {
			try {
				assertThat(this.decoder.decode(bytes, 0, bytes.length)).isEqualTo(bytes.length);
			}
			catch (ProtocolException ex) {
				throw new AssertionError(ex);
			}
		}

		@Override
		public void onHeader(int flags, long length) {
			this.lines.add("header " + Integer.toHexString(flags) + " " + length);
		}

		@Override
		public int onPayload(byte[] bytes, int from, int to, boolean last) {
			this.pieces++;
			this.payload.write(bytes, from, to - from);
			if (last) {
				this.lines.add("payload " + Hex.of(this.payload.toByteArray()));
				this.payload.reset();
				if (this.stopping) {
					this.decoder.stop();
				}
			}
			return to;
		}

	}

}
