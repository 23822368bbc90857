package io.github.wsspring.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.fuzz.FuzzInput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes {@link PerMessageDeflate#inflate} with a target that has a limit.
 */
class InflateFuzzTests {

	private static final int LIMIT = 20_000;

	/** How much may have been inflated when the target says that it is too much. */
	private static final int SLACK = 16 * 1024;

	/** More than one, so that a context is taken over. */
	private static final int MESSAGES = 3;

	@FuzzTest
	void anySplitGivesTheSameBytesWithinTheLimit(byte[] bytes) {
		FuzzInput input = FuzzInput.of(bytes);
		assertThat(inflate(input, input.pieces())).isEqualTo(inflate(input, input.whole()));
	}

	private static List<String> inflate(FuzzInput input, List<byte[]> pieces) {
		List<String> messages = new ArrayList<>();
		DeflatePool pool = new DeflatePool(1);
		PerMessageDeflate compression = new PerMessageDeflate(new DeflateParameters(true, input.option(0), 15),
				DeflateOptions.DEFAULTS, pool);
		try {
			for (int i = 0; i < MESSAGES; i++) {
				Limited target = new Limited();
				inflate(compression, pieces, target);
				messages.add(target.bytes.toString(StandardCharsets.ISO_8859_1));
			}
		}
		catch (ProtocolException ex) {
			messages.add(ex.status().toString());
		}
		finally {
			compression.close();
			pool.close();
			assertThat(pool.live()).as("live inflaters").isZero();
		}
		return messages;
	}

	private static void inflate(PerMessageDeflate compression, List<byte[]> pieces, Limited target)
			throws ProtocolException {
		for (byte[] piece : pieces) {
			compression.inflate(piece, 0, piece.length, false, target);
		}
		compression.inflate(new byte[0], 0, 0, true, target);
	}

	private static final class Limited implements Compression.Target {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private boolean refused;

		@Override
		public boolean take(byte[] bytes, int length) throws ProtocolException {
			assertThat(this.refused).as("refused before").isFalse();
			assertThat(length).isBetween(0, bytes.length);
			assertThat(this.bytes.size() + bytes.length).as("memory").isLessThanOrEqualTo(LIMIT + SLACK);
			if (length > LIMIT - this.bytes.size()) {
				this.refused = true;
				throw ProtocolException.tooBig("too big");
			}
			this.bytes.write(bytes, 0, length);
			return true;
		}

	}

}
