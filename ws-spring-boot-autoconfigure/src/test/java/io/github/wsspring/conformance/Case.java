package io.github.wsspring.conformance;

import java.util.List;
import java.util.function.Supplier;

/**
 * One case of the catalogue.
 */
sealed interface Case {

	String number();

	String title();

	/**
	 * A case that plays a script and compares all events.
	 *
	 * @param number its number in the catalogue
	 * @param title what it does
	 * @param script what the tester does
	 * @param expectation what the server is to do
	 * @param guard how long the tester waits for that
	 */
	record Scripted(String number, String title, Script script, Expectation expectation, Guard guard) implements Case {
	}

	/**
	 * A case that sends messages, each when the echo of the one before has come.
	 *
	 * @param number its number in the catalogue
	 * @param title what it does
	 * @param load what is sent
	 * @param offers the offers of compression, none for none
	 * @param comparesContent whether the octets of the echoes count, not only their
	 * number
	 * @param guard how long all of it may take
	 */
	record Echoed(String number, String title, Load load, List<DeflateOffer> offers, boolean comparesContent,
			Guard guard) implements Case {
	}

	/**
	 * The messages of a case.
	 *
	 * @param opcode text or binary
	 * @param count how many
	 * @param messages their contents, from the first on
	 * @param fragment the size of their frames, 0 for one frame each
	 * @param chop how the frames are cut
	 */
	record Load(int opcode, int count, Supplier<Messages> messages, int fragment, Chop chop) {
	}

	/** Contents without an end. */
	@FunctionalInterface
	interface Messages {

		byte[] next();

	}

}
