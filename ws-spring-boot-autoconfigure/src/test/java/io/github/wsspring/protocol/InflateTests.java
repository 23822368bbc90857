package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends a compressed message does not depend on how its bytes were cut.
 */
class InflateTests {

	private static final int COMPRESSED_BINARY = 0xc2;

	private static final int COMPRESSED_TEXT = 0xc1;

	private static final ProtocolLimits LIMITS = new ProtocolLimits(1000, 1000, 10);

	/** A block of type 3, which does not exist (RFC 1951, section 3.2.3). */
	private static final byte[] FAULT = { 0x07 };

	@Test
	void aMessageThatIsTooBigFailsWithOneReason() {
		byte[] bomb = compress(new byte[100_000]);
		assertThat(play(ClientFrame.of(COMPRESSED_BINARY, bomb)))
			.containsExactly("failure 1009 message is over the limit of 1000 bytes once inflated");
	}

	@Test
	void whatCameOutBeforeAFaultIsJudgedFirst() {
		byte[] tooBig = Hex.join(compress(new byte[1001]), FAULT);
		assertThat(play(ClientFrame.of(COMPRESSED_BINARY, tooBig)))
			.containsExactly("failure 1009 message is over the limit of 1000 bytes once inflated");
		byte[] notUtf8 = Hex.join(compress(Hex.bytes("c328")), FAULT);
		assertThat(play(ClientFrame.of(COMPRESSED_TEXT, notUtf8))).containsExactly("failure 1007 text is not UTF-8");
		byte[] correct = Hex.join(compress(new byte[1000]), FAULT);
		assertThat(play(ClientFrame.of(COMPRESSED_BINARY, correct)))
			.containsExactly("failure 1007 message is not DEFLATE data");
	}

	private static List<String> play(byte[] bytes) {
		return Splits.sameForEach(bytes, (pieces) -> {
			DeflatePool pool = new DeflatePool(0);
			Compression compression = new PerMessageDeflate(new DeflateParameters(true, true, 15),
					DeflateOptions.DEFAULTS, pool);
			List<String> events = new Received(LIMITS, compression).feed(pieces).events();
			compression.close();
			assertThat(pool.live()).isZero();
			return events;
		});
	}

	/** With the end of the sync flush, so that another block can follow. */
	private static byte[] compress(byte[] data) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(data);
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		byte[] buffer = new byte[1024];
		int length;
		do {
			length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			compressed.writeBytes(Arrays.copyOf(buffer, length));
		}
		while (length == buffer.length);
		deflater.end();
		return compressed.toByteArray();
	}

}
