package io.github.wsspring.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.protocol.Compression;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.DeflateParameters;
import io.github.wsspring.protocol.DeflatePool;
import io.github.wsspring.protocol.Frame;
import io.github.wsspring.protocol.PerMessageDeflate;
import io.github.wsspring.protocol.PreparedMessage;
import io.github.wsspring.protocol.ProtocolException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes what we compress: it has to come out again.
 */
class DeflateRoundTripFuzzTests {

	private static final int COMPRESSED = 0x40;

	@FuzzTest
	void whatWasCompressedComesOutAgain(byte[] bytes) throws ProtocolException {
		FuzzInput input = FuzzInput.of(bytes);
		DeflatePool pool = new DeflatePool(1);
		boolean takeover = input.option(3);
		DeflateParameters parameters = new DeflateParameters(!takeover, !takeover,
				DeflateParameters.MIN_WINDOW_BITS + (input.options() & 0x07));
		PerMessageDeflate ours = new PerMessageDeflate(parameters, new DeflateOptions(0, 1, takeover), pool);
		PerMessageDeflate theirs = new PerMessageDeflate(parameters, DeflateOptions.DEFAULTS, pool);
		for (byte[] message : messages(input)) {
			Frame frame = ours.finish(ours.prepare(PreparedMessage.binary(message)));
			assertThat(restore(frame, theirs)).isEqualTo(message);
			assertThat(write(frame)).hasSize(frame.size()).endsWith(frame.payload());
		}
		ours.close();
		theirs.close();
		pool.close();
		assertThat(pool.live()).isZero();
	}

	/** All that is there as one message, and its pieces as messages as far as they go. */
	private static List<byte[]> messages(FuzzInput input) {
		List<byte[]> pieces = input.pieces();
		return List.of(input.bytes(), pieces.isEmpty() ? new byte[0] : pieces.get(0), input.bytes());
	}

	private static byte[] restore(Frame frame, Compression theirs) throws ProtocolException {
		if ((frame.header()[0] & COMPRESSED) == 0) {
			return frame.payload();
		}
		ByteArrayOutputStream restored = new ByteArrayOutputStream();
		theirs.inflate(frame.payload(), 0, frame.payload().length, true, (bytes, length) -> {
			restored.write(bytes, 0, length);
			return true;
		});
		return restored.toByteArray();
	}

	private static byte[] write(Frame frame) {
		ByteBuffer buffer = ByteBuffer.allocate(frame.size());
		frame.writeTo(buffer);
		return buffer.array();
	}

}
