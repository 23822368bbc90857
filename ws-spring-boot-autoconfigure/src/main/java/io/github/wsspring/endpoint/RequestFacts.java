package io.github.wsspring.endpoint;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that the methods of one endpoint want to know of the upgrade request. Collected at
 * start-up, then only read.
 */
final class RequestFacts {

	private static final @Nullable Object[] NONE = {};

	private final List<RequestFact> facts = new ArrayList<>();

	private boolean wholeRequest;

	/**
	 * Asks for a fact.
	 * @param fact the fact
	 * @return the binder that knows it
	 */
	ArgumentBinder ask(RequestFact fact) {
		int slot = slotOf(fact);
		return (caller, subject) -> caller.session().fact(slot);
	}

	int slotOf(RequestFact fact) {
		int slot = this.facts.indexOf(fact);
		if (slot < 0) {
			slot = this.facts.size();
			this.facts.add(fact);
		}
		return slot;
	}

	/**
	 * Asks for the request itself, for as long as the session lives.
	 */
	void askForWholeRequest() {
		this.wholeRequest = true;
	}

	boolean needWholeRequest() {
		return this.wholeRequest;
	}

	/**
	 * Finds everything out.
	 * @return the facts by their slots
	 */
	@Nullable Object[] in(HandshakeRequest request) {
		if (this.facts.isEmpty()) {
			return NONE;
		}
		@Nullable Object[] found = new Object[this.facts.size()];
		for (int i = 0; i < found.length; i++) {
			found[i] = this.facts.get(i).in(request);
		}
		return found;
	}

}
