package io.github.wsspring.conformance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a case wants to see.
 *
 * @param strict the events of a server that does all that the case wants
 * @param lenient the events of a server that is legal still, {@code null} if there are
 * none
 * @param close how the connection is to end
 * @param informational whether nothing can be wrong
 */
record Expectation(List<Event> strict, @Nullable List<Event> lenient, ClosePattern close, boolean informational) {

	static Expectation normal(Event... events) {
		return of(ClosePattern.NORMAL, events);
	}

	static Expectation protocolError(Event... events) {
		return of(ClosePattern.PROTOCOL_ERROR, events);
	}

	static Expectation utf8Error(Event... events) {
		return of(ClosePattern.UTF8_ERROR, events);
	}

	static Expectation of(ClosePattern close, Event... events) {
		return new Expectation(List.of(events), null, close, false);
	}

	Expectation orLeniently(Event... events) {
		return new Expectation(this.strict, List.of(events), this.close, this.informational);
	}

	Expectation asInformation() {
		return new Expectation(this.strict, this.lenient, this.close, true);
	}

}
