package io.github.wsspring.fuzz;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.DeflateParameters;
import io.github.wsspring.protocol.DeflatePool;
import io.github.wsspring.protocol.PerMessageDeflate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes frames and messages where compression was agreed on.
 */
class DeflateFrameFuzzTests {

	@FuzzTest
	void anySplitGivesTheSameEvents(byte[] bytes) {
		FuzzInput input = FuzzInput.of(bytes);
		assertThat(play(input, input.pieces(), input.option(1))).isEqualTo(play(input, input.whole(), false));
	}

	private static List<String> play(FuzzInput input, List<byte[]> pieces, boolean pausing) {
		DeflatePool pool = new DeflatePool(1);
		PerMessageDeflate compression = new PerMessageDeflate(new DeflateParameters(true, input.option(2), 15),
				DeflateOptions.DEFAULTS, pool);
		try {
			return ProtocolRun.play(pieces, compression, pausing, input.option(0));
		}
		finally {
			compression.close();
			pool.close();
			assertThat(pool.live()).as("live inflaters").isZero();
		}
	}

}
