package io.github.wsspring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextWorkspaceTests {

	private static final String PIECE = "Fox \u043b\u0438\u0441\u0430 \u72d0 \ud83e\udd8a. ";

	private final TextWorkspace workspace = new TextWorkspace();

	private final TextWorkspaces workspaces = new TextWorkspaces();

	@Test
	void whatIsGivenBackIsTakenAgain() {
		TextWorkspace first = this.workspaces.take();
		this.workspaces.giveBack(first);
		assertThat(this.workspaces.take()).isSameAs(first);
	}

	@Test
	void nobodyGetsWhatIsInUseAndNotTooManyAreKept() {
		List<TextWorkspace> inUse = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			inUse.add(this.workspaces.take());
		}
		assertThat(inUse).doesNotHaveDuplicates();
		inUse.forEach(this.workspaces::giveBack);
		Set<TextWorkspace> again = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			again.add(this.workspaces.take());
		}
		assertThat(again).hasSize(20);
		again.retainAll(inUse);
		assertThat(again).hasSize(16);
	}

	@Test
	void thereIsRoomForWhatIsAskedFor() {
		for (int length : new int[] { 0, 1, 1023, 1024, 1025, 5000, TextWorkspace.MAX_LENGTH, 3 }) {
			assertThat(this.workspace.chars(length)).hasSizeGreaterThanOrEqualTo(length);
			assertThat(this.workspace.bytes(length)).hasSizeGreaterThan(3 * length);
			assertThat(this.workspace.widen(new byte[length + 2], 1, length + 1)).hasSizeGreaterThanOrEqualTo(length);
		}
	}

	@Test
	void noMoreRoomThanSaid() {
		int length = TextWorkspace.MAX_LENGTH;
		assertThat(2 * this.workspace.chars(length).length + this.workspace.bytes(length).length
				+ 2 * this.workspace.widen(new byte[length], 0, length).length)
			.isLessThanOrEqualTo(512 * 1024);
	}

	@Test
	void textsOfAnyLength() {
		for (int length : new int[] { 1, 100, 5_000, TextWorkspace.MAX_LENGTH / 2, TextWorkspace.MAX_LENGTH,
				3 * TextWorkspace.MAX_LENGTH }) {
			checkBothWays(PIECE.repeat(length / PIECE.length() + 1), this.workspace);
			// three bytes for each char, to the last one
			checkBothWays("\u72d0".repeat(length), this.workspace);
		}
	}

	@Test
	void aLongTextThatIsNotUtf8IsRefused() {
		byte[] bytes = "\u72d0".repeat(TextWorkspace.MAX_LENGTH).getBytes(StandardCharsets.UTF_8);
		bytes[bytes.length - 1] = 'a';
		assertThat(Utf8Strings.decode(bytes, 0, bytes.length, this.workspace)).isNull();
	}

	@Test
	void textsOfManyThreadsDoNotMeet() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(40);
		try {
			List<Callable<Void>> tasks = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				String text = PIECE.repeat(i + 1) + i;
				tasks.add(() -> {
					TextWorkspace own = new TextWorkspace();
					for (int round = 0; round < 500; round++) {
						checkBothWays(text, own);
					}
					return null;
				});
			}
			for (Future<Void> done : threads.invokeAll(tasks)) {
				done.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void checkBothWays(String text, TextWorkspace workspace) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertThat(Utf8Strings.encodeMixed(text)).isEqualTo(bytes);
		assertThat(Utf8Strings.decode(bytes, 0, bytes.length, workspace)).isEqualTo(text);
	}

}
