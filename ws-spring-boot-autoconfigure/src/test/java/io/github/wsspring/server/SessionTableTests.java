package io.github.wsspring.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link SessionTable}, held against a map.
 */
@Timeout(60)
class SessionTableTests {

	private final SessionTable table = new SessionTable();

	@Test
	void findsWhatIsThereAndNothingElse() {
		long seed = ThreadLocalRandom.current().nextLong();
		Random random = new Random(seed);
		Map<Long, LiveSession> model = new LinkedHashMap<>();
		long next = 0;
		for (int i = 0; i < 20_000; i++) {
			// grows, stays, shrinks
			if (model.isEmpty() || random.nextInt(10) < ((i / 4000) % 2 == 0 ? 7 : 3)) {
				LiveSession session = session(++next);
				this.table.put(session);
				model.put(next, session);
			}
			else {
				long number = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
				LiveSession session = Objects.requireNonNull(model.remove(number));
				this.table.remove(session);
				this.table.remove(session);
			}
			if (i % 500 == 0) {
				compare(model, next, seed);
			}
		}
		for (LiveSession session : model.values()) {
			this.table.remove(session);
		}
		compare(Map.of(), next, seed);
	}

	private void compare(Map<Long, LiveSession> model, long last, long seed) {
		assertThat(this.table).as("seed %d", seed)
			.hasSize(model.size())
			.containsExactlyInAnyOrderElementsOf(model.values());
		for (long number = 0; number <= last + 1; number++) {
			assertThat(this.table.find(number)).as("seed %d, number %d", seed, number).isSameAs(model.get(number));
		}
	}

	@Test
	void whoStaysIsSeenOnceByWhoeverWalksOverIt() throws Exception {
		List<LiveSession> lasting = new ArrayList<>();
		for (long number = 1; number <= 1000; number++) {
			LiveSession session = session(number);
			this.table.put(session);
			if (number % 3 == 0) {
				lasting.add(session);
			}
		}
		CountDownLatch walked = new CountDownLatch(1);
		Thread churn = new Thread(() -> {
			long number = 1000;
			while (walked.getCount() > 0) {
				LiveSession session = session(++number);
				this.table.put(session);
				this.table.remove(session);
			}
		});
		churn.start();
		for (int i = 0; i < 200; i++) {
			List<Session> seen = new ArrayList<>();
			this.table.forEach(seen::add);
			assertThat(seen).doesNotHaveDuplicates();
			assertThat(seen).containsAll(lasting);
		}
		walked.countDown();
		churn.join(TimeUnit.SECONDS.toMillis(10));
		assertThat(this.table).hasSize(1000);
	}

	@SuppressWarnings("NullAway")
	private static LiveSession session(long number) {
		return new LiveSession(number, null, null, null, null);
	}

}
