package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What flows to one session at present. Safe from any thread.
 */
final class Outflows {

	private final Set<Outflow> outflows = new LinkedHashSet<>();

	private boolean over;

	/**
	 * Adds one.
	 * @param limit how many there may be
	 * @return {@code false} if there are enough, or the session has ended
	 */
	synchronized boolean add(Outflow outflow, int limit) {
		return !this.over && this.outflows.size() < limit && this.outflows.add(outflow);
	}

	synchronized void remove(Outflow outflow) {
		this.outflows.remove(outflow);
	}

	void cancel() {
		all().forEach(Outflow::cancel);
	}

	private synchronized List<Outflow> all() {
		this.over = true;
		return new ArrayList<>(this.outflows);
	}

}
