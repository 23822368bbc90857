package io.github.wsspring.conformance;

import java.util.List;

/**
 * A section of the catalogue.
 *
 * @param number its number
 * @param title what it is about
 * @param atOnce how many of its cases may be played at the same time
 * @param cases its cases in order
 */
record Section(int number, String title, int atOnce, List<Case> cases) {

	@Override
	public String toString() {
		return this.number + " " + this.title;
	}

}
