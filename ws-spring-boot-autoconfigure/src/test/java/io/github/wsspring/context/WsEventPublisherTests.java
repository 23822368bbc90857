package io.github.wsspring.context;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.Identity;
import io.github.wsspring.server.ServerListener.CloseCause;
import io.github.wsspring.server.ServerListener.Refusal;
import io.github.wsspring.server.ServerListener.RefusalCause;
import io.github.wsspring.server.Session;
import io.github.wsspring.server.SessionHandler;
import io.github.wsspring.server.SessionOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class WsEventPublisherTests {

	private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("client.test", 4711);

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final WsEventPublisher publisher = new WsEventPublisher(this.context, this.tasks::add);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void eventsArePublishedInOrderOnTheExecutor() {
		Listener listener = listen(Listener.class);
		this.publisher.opened(session("s-1"));
		this.publisher.closed(session("s-1"), CloseStatus.GOING_AWAY, CloseCause.IDLE);
		this.publisher.refused(new Refusal(RefusalCause.ORIGIN, 403, "not you", ADDRESS, null));
		assertThat(listener.events).isEmpty();
		run();
		assertThat(listener.events).containsExactly("opened s-1 chat alice client.test", "closed s-1 1001 IDLE",
				"refused ORIGIN 403 not you null");
	}

	@Test
	void joinsAndLeavesArePublishedBetweenOpenAndClose() {
		TopicListener listener = listen(TopicListener.class);
		Session session = session("s-1");
		this.publisher.opened(session);
		this.publisher.joined(session, "room:1");
		this.publisher.left(session, "room:1");
		this.publisher.closed(session, CloseStatus.NORMAL, null);
		run();
		assertThat(listener.events).containsExactly("opened s-1", "joined s-1 room:1", "left s-1 room:1", "closed s-1");
	}

	@Test
	void whatNobodyListensToIsNotPublished() {
		listen(OpenedOnly.class);
		this.publisher.closed(session("s-1"), CloseStatus.NORMAL, null);
		this.publisher.joined(session("s-1"), "room:1");
		this.publisher.left(session("s-1"), "room:1");
		assertThat(this.tasks).isEmpty();
		this.publisher.opened(session("s-2"));
		assertThat(this.tasks).hasSize(1);
		run();
		assertThat(this.context.getBean(OpenedOnly.class).count).isEqualTo(1);
	}

	@Test
	void listenersOfAParentAreTold() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(OpenedOnly.class)) {
			this.context.setParent(parent);
			this.context.refresh();
			this.publisher.opened(session("s-1"));
			run();
			assertThat(parent.getBean(OpenedOnly.class).count).isEqualTo(1);
		}
	}

	@Test
	void aListenerThatFailsIsLoggedAndTheOthersFollow(CapturedOutput output) {
		Listener listener = listen(Listener.class);
		listener.failure = new IllegalStateException("as it should");
		this.publisher.opened(session("s-1"));
		this.publisher.closed(session("s-1"), CloseStatus.NORMAL, null);
		run();
		assertThat(listener.events).containsExactly("closed s-1 1000 null");
		assertThat(output).contains("A listener failed for WsSessionOpenedEvent").contains("as it should");
	}

	@Test
	void eventsBeyondTheLimitAreLostAndCounted(CapturedOutput output) {
		Listener listener = listen(Listener.class);
		Session session = session("s-1");
		for (int i = 0; i < WsEventPublisher.MAX_PENDING + 3; i++) {
			this.publisher.closed(session, CloseStatus.NORMAL, null);
		}
		run();
		assertThat(listener.events).hasSize(WsEventPublisher.MAX_PENDING);
		assertThat(output).containsOnlyOnce("Listeners are too slow")
			.contains("3 events of WebSocket sessions were lost");
		this.publisher.closed(session, CloseStatus.NORMAL, null);
		run();
		assertThat(listener.events).hasSize(WsEventPublisher.MAX_PENDING + 1);
	}

	private <T> T listen(Class<T> listener) {
		this.context.register(listener);
		this.context.refresh();
		return this.context.getBean(listener);
	}

	private void run() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	private static Session session(String id) {
		Session session = mock(Session.class);
		given(session.id()).willReturn(id);
		given(session.identity()).willReturn(Identity.of("alice"));
		given(session.remoteAddress()).willReturn(ADDRESS);
		given(session.endpoint()).willReturn(new Endpoint("chat", mock(SessionHandler.class), Runnable::run, List.of(),
				OriginPolicy.SAME_HOST, SessionOptions.DEFAULTS));
		return session;
	}

	static class Listener {

		final List<String> events = new ArrayList<>();

		private @Nullable IllegalStateException failure;

		@EventListener
		void opened(WsSessionOpenedEvent event) {
			IllegalStateException toThrow = this.failure;
			if (toThrow != null) {
				throw toThrow;
			}
			assertThat(event.getPrincipal()).isNotNull();
			this.events.add("opened " + event.getSessionId() + " " + event.getEndpointId() + " "
					+ event.getPrincipal().getName() + " " + event.getRemoteAddress().getHostString());
		}

		@EventListener
		void closed(WsSessionClosedEvent event) {
			this.events.add("closed " + event.getSessionId() + " " + event.getStatus().code() + " " + event.getCause());
		}

		@EventListener
		void refused(WsHandshakeRefusedEvent event) {
			assertThat(event.getRemoteAddress()).isEqualTo(ADDRESS);
			this.events.add("refused " + event.getCause() + " " + event.getStatus() + " " + event.getDetail() + " "
					+ event.getPath());
		}

	}

	static class TopicListener {

		private final List<String> events = new ArrayList<>();

		@EventListener
		void opened(WsSessionOpenedEvent event) {
			this.events.add("opened " + event.getSessionId());
		}

		@EventListener
		void joined(WsTopicJoinedEvent event) {
			this.events.add("joined " + event.getSessionId() + " " + event.getTopic());
		}

		@EventListener
		void left(WsTopicLeftEvent event) {
			this.events.add("left " + event.getSessionId() + " " + event.getTopic());
		}

		@EventListener
		void closed(WsSessionClosedEvent event) {
			this.events.add("closed " + event.getSessionId());
		}

	}

	static class OpenedOnly {

		private int count;

		@EventListener
		void opened(WsSessionOpenedEvent event) {
			this.count++;
		}

	}

}
