package io.github.wsspring.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cuts bytes in every way that a network may cut them, and demands that nobody can tell.
 * Short inputs are cut at each place and each pair of places, long ones near their ends.
 */
public final class Splits {

	private static final int ALL_PAIRS = 40;

	private static final int ALL_PLACES = 1024;

	private static final int ENDS = 20;

	private Splits() {
	}

	/**
	 * Runs a test with the whole of the bytes, then with each split of them.
	 * @param <R> what the test observes
	 * @param bytes the bytes; each run gets copies of its own
	 * @param run the test
	 * @return what the test observed, each time
	 */
	public static <R> R sameForEach(byte[] bytes, Function<List<byte[]>, R> run) {
		R whole = run.apply(List.of(bytes.clone()));
		for (int[] cuts : cuts(bytes.length)) {
			assertThat(run.apply(cut(bytes, cuts))).as(() -> describe(bytes.length, cuts)).isEqualTo(whole);
		}
		return whole;
	}

	/**
	 * Cuts bytes in some random places.
	 * @param bytes the bytes
	 * @param random where to cut
	 * @return the pieces, some of them maybe empty
	 */
	static List<byte[]> random(byte[] bytes, Random random) {
		return cut(bytes, random.ints(random.nextInt(10), 0, bytes.length + 1).sorted().toArray());
	}

	private static List<int[]> cuts(int length) {
		List<int[]> cuts = new ArrayList<>();
		for (int at = 1; at < length; at++) {
			if (length <= ALL_PLACES || at <= ENDS || at >= length - ENDS) {
				cuts.add(new int[] { at });
			}
			for (int next = at + 1; next < length && length <= ALL_PAIRS; next++) {
				cuts.add(new int[] { at, next });
			}
		}
		for (int step : new int[] { 1, 3, 1000 }) {
			cuts.add(IntStream.iterate(step, (at) -> at < length, (at) -> at + step).toArray());
		}
		return cuts;
	}

	private static List<byte[]> cut(byte[] bytes, int[] cuts) {
		List<byte[]> pieces = new ArrayList<>(cuts.length + 1);
		int from = 0;
		for (int cut : cuts) {
			pieces.add(Arrays.copyOfRange(bytes, from, cut));
			from = cut;
		}
		pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
		return pieces;
	}

	private static String describe(int length, int[] cuts) {
		return length + " bytes, cut at " + Arrays.toString(Arrays.copyOf(cuts, Math.min(cuts.length, 5)))
				+ ((cuts.length > 5) ? " and so on" : "");
	}

}
