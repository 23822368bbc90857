package io.github.wsspring.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Makes event loops that a test turns by hand, on a clock that it moves.
 */
public final class ManualLoops {

	/** How often they sweep. */
	public static final Duration SWEEP = Duration.ofMillis(250);

	private ManualLoops() {
	}

	public static EventLoop create(ManualClock clock, BiConsumer<String, Throwable> failures) {
		try {
			return new EventLoop(SWEEP.toNanos(), failures, Selector::open, clock);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
