package io.github.wsspring.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wsspring.protocol.Compression;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes frames and messages without compression.
 */
class FrameFuzzTests {

	@FuzzTest
	void anySplitGivesTheSameEvents(byte[] bytes) {
		FuzzInput input = FuzzInput.of(bytes);
		boolean closing = input.option(0);
		assertThat(ProtocolRun.play(input.pieces(), Compression.NONE, input.option(1), closing))
			.isEqualTo(ProtocolRun.play(input.whole(), Compression.NONE, false, closing));
	}

}
