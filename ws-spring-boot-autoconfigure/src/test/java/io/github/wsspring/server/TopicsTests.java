package io.github.wsspring.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for {@link Topics}.
 */
@Timeout(30)
class TopicsTests {

	private final Engine engine = new Engine();

	private final Topics topics = this.engine.registry.topics();

	@Test
	void memberIsThereUntilItLeaves() {
		this.engine.open();
		Session session = this.engine.session();
		assertThat(this.topics.join("a", session)).isTrue();
		assertThat(this.topics.join("a", session)).isFalse();
		assertThat(this.topics.members("a")).containsExactly(session);
		assertThat(this.topics.topicsOf(session)).containsExactly("a");
		assertThat(this.topics.leave("a", session)).isTrue();
		assertThat(this.topics.leave("a", session)).isFalse();
		assertThat(this.topics.members("a")).isEmpty();
		assertThat(this.topics.topicsOf(session)).isEmpty();
	}

	@Test
	void sessionHasLeftItsTopicsBeforeItsEndIsTold() {
		List<Object> seen = new ArrayList<>();
		this.engine.handler.onClose = (session, argument) -> {
			seen.addAll(this.topics.members("a"));
			seen.add(this.topics.topicsOf(session));
			return null;
		};
		Peer peer = this.engine.open();
		this.topics.join("a", this.engine.session());
		peer.reset();
		assertThat(seen).containsExactly(java.util.Set.of("a"));
		assertThat(this.topics.join("b", this.engine.session())).isFalse();
		assertThat(this.topics.members("b")).isEmpty();
	}

	@Test
	void whateverRacesTopicAndSessionAgree() throws InterruptedException {
		for (int round = 0; round < 300; round++) {
			Peer peer = this.engine.open();
			Session session = this.engine.session();
			boolean ending = round % 2 == 0;
			race(() -> {
				for (int i = 0; i < 50; i++) {
					this.topics.join("t" + i % 2, session);
				}
			}, () -> {
				for (int i = 0; i < 50; i++) {
					this.topics.leave("t" + i % 2, session);
				}
			}, () -> {
				if (ending) {
					peer.reset();
				}
			});
			if (!ending) {
				for (String topic : List.of("t0", "t1")) {
					assertThat(this.topics.members(topic).contains(session))
						.isEqualTo(this.topics.topicsOf(session).contains(topic));
				}
				peer.reset();
			}
			assertThat(this.topics.members("t0")).isEmpty();
			assertThat(this.topics.members("t1")).isEmpty();
		}
	}

	@Test
	void joinsAndLeavesAreReported() {
		News news = new News();
		this.topics.reportTo(news);
		Peer peer = this.engine.open();
		Session session = this.engine.session();
		this.topics.join("a", session);
		this.topics.join("a", session);
		this.topics.join("b", session);
		this.topics.leave("a", session);
		this.topics.leave("a", session);
		peer.reset();
		this.topics.join("a", session);
		assertThat(news.events).containsExactly("+a", "+b", "-a", "-b");
		assertThat(this.engine.listener.closed).hasSize(1);
	}

	@Test
	void whateverRacesTheNewsAlternateAndEndWithALeave() throws InterruptedException {
		for (int round = 0; round < 300; round++) {
			News news = new News();
			this.topics.reportTo(news);
			Peer peer = this.engine.open();
			Session session = this.engine.session();
			race(() -> {
				for (int i = 0; i < 50; i++) {
					this.topics.join("t", session);
				}
			}, () -> {
				for (int i = 0; i < 50; i++) {
					this.topics.leave("t", session);
				}
			}, peer::reset);
			assertThat(news.events.size() % 2).isZero();
			for (int i = 0; i < news.events.size(); i++) {
				assertThat(news.events.get(i)).isEqualTo((i % 2 == 0) ? "+t" : "-t");
			}
		}
	}

	private static final class News implements ServerListener {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public void joined(Session session, String topic) {
			this.events.add("+" + topic);
		}

		@Override
		public void left(Session session, String topic) {
			this.events.add("-" + topic);
		}

	}

	/** The last one runs on the test's thread, which is the loop. */
	private static void race(Runnable one, Runnable two, Runnable mine) throws InterruptedException {
		CountDownLatch ready = new CountDownLatch(3);
		List<Thread> threads = new ArrayList<>();
		for (Runnable task : List.of(one, two)) {
			Thread thread = new Thread(() -> {
				ready.countDown();
				while (ready.getCount() > 0) {
					Thread.onSpinWait();
				}
				task.run();
			});
			thread.start();
			threads.add(thread);
		}
		ready.countDown();
		mine.run();
		for (Thread thread : threads) {
			thread.join();
		}
	}

}
