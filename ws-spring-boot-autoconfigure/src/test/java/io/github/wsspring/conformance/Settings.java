package io.github.wsspring.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How thoroughly the suite runs.
 *
 * @param full whether sections 9, 12 and 13 send all their messages
 * @param patience the factor of all times that the server has to do something
 * @param seed what the data files are made from
 * @param only the numbers or beginnings of numbers of the cases to run, none for all
 */
record Settings(boolean full, double patience, long seed, List<String> only) {

	/**
	 * Reads {@code conformance.full}, {@code conformance.patience},
	 * {@code conformance.seed} and {@code conformance.cases}, such as {@code 6.4,7}.
	 * @return the settings
	 */
	static Settings fromSystemProperties() {
		return new Settings(Boolean.getBoolean("conformance.full"),
				Double.parseDouble(System.getProperty("conformance.patience", "4")),
				Long.getLong("conformance.seed", RandomGenerator.getDefault().nextInt(1_000_000)),
				Arrays.stream(System.getProperty("conformance.cases", "").split(","))
					.map(String::strip)
					.filter((number) -> !number.isEmpty())
					.toList());
	}

	boolean includes(Case candidate) {
		return this.only.isEmpty() || this.only.stream()
			.anyMatch((number) -> candidate.number().equals(number) || candidate.number().startsWith(number + "."));
	}

	/**
	 * How many messages are sent instead of many.
	 * @param all how many the catalogue says
	 * @param length the octets of each
	 * @return all of them in a full run, otherwise some
	 */
	int messages(int all, int length) {
		int some = Math.max(10, Math.min(100, (512 * 1024) / Math.max(1, length)));
		return this.full ? all : Math.min(all, some);
	}

	@Override
	public String toString() {
		return (this.full ? "full" : "reduced") + " counts, patience " + this.patience + ", seed " + this.seed;
	}

}
