package io.github.wsspring.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.github.wsspring.protocol.CloseStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requirements for the way of a message to its handler, on an executor and on the event
 * loop.
 */
class DeliveryTests {

	private final Engine engine = new Engine();

	private final ManualExecutor executor = new ManualExecutor();

	enum Where {

		EXECUTOR, EVENT_LOOP

	}

	private Peer open(Where where) {
		this.engine.executor = (where == Where.EXECUTOR) ? this.executor : null;
		Peer peer = this.engine.open();
		run();
		return peer;
	}

	private void run() {
		this.engine.runHandlers(this.executor);
	}

	@AfterEach
	void sessionsEndAndNothingIsLeft() {
		assertThat(this.engine.listener.engineFailures).isEmpty();
		for (Session session : this.engine.listener.opened) {
			session.terminate();
		}
		run();
		assertThat(this.engine.registry.sessions()).isEmpty();
		assertThat(this.engine.listener.closed).hasSameSizeAs(this.engine.listener.opened);
		assertThat(this.engine.listener.opened).allMatch((session) -> session.bufferedBytes() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void echoComesBackInOrder(Where where) {
		this.engine.handler.onText = RecordingHandler.echo();
		this.engine.handler.onBinary = RecordingHandler.echo();
		Peer peer = open(where);
		peer.send(Wire.text("one"), Wire.frame(0x82, new byte[70_000 - 10_000]), Wire.text("three"));
		run();
		assertThat(peer.frames()).containsExactly("text one", "binary 60000", "text three");
		assertThat(this.engine.session().bufferedBytes()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void openComesBeforeMessagesAndMessagesBeforeClose(Where where) {
		this.engine.executor = (where == Where.EXECUTOR) ? this.executor : null;
		Peer peer = this.engine.connect();
		peer.send(Wire.upgrade("/ws"), Wire.text("1"), Wire.text("2"), Wire.close(1000, "bye"));
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text 1", "text 2", "close 1000");
	}

	@ParameterizedTest
	@EnumSource
	void whatArrivedBeforeTheConnectionBrokeIsStillDelivered(Where where) {
		CompletableFuture<Void> gate = new CompletableFuture<>();
		this.engine.handler.onOpen = (session, argument) -> gate;
		Peer peer = open(where);
		peer.send(Wire.text("1"), Wire.text("2"));
		peer.reset();
		gate.complete(null);
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text 1", "text 2", "close 1006");
	}

	static List<String> stages() {
		return List.of("future", "minimal");
	}

	@ParameterizedTest
	@MethodSource("stages")
	void stageHoldsBackTheNextCallInBothDeliveries(String kind) {
		for (Where where : Where.values()) {
			this.engine.handler.events.clear();
			List<CompletableFuture<Void>> gates = new ArrayList<>();
			this.engine.handler.onText = (session, argument) -> {
				CompletableFuture<Void> gate = new CompletableFuture<>();
				gates.add(gate);
				return kind.equals("minimal") ? gate.minimalCompletionStage() : gate;
			};
			this.engine.handler.onOpen = this.engine.handler.onText;
			Engine fresh = new Engine();
			fresh.handler = this.engine.handler;
			fresh.executor = (where == Where.EXECUTOR) ? this.executor : null;
			Peer peer = fresh.open();
			peer.send(Wire.text("1"), Wire.text("2"), Wire.close(1000, ""));
			for (int i = 0; i < 3; i++) {
				fresh.runHandlers(this.executor);
				assertThat(this.engine.handler.events).hasSize(i + 1);
				gates.get(i).complete(null);
			}
			fresh.runHandlers(this.executor);
			assertThat(this.engine.handler.events).containsExactly("open", "text 1", "text 2", "close 1000");
		}
	}

	@ParameterizedTest
	@EnumSource
	void stageThatIsCompleteAlreadyHoldsNothingBack(Where where) {
		List<CompletionStage<?>> complete = List.of(CompletableFuture.completedFuture("x"),
				CompletableFuture.completedStage("x"),
				new CompletableFuture<>().completeAsync(() -> "x", Runnable::run));
		this.engine.handler.onText = (session, argument) -> complete
			.get(Integer.parseInt(argument.toString()) % complete.size());
		Peer peer = open(where);
		for (int i = 0; i < 300; i++) {
			peer.send(Wire.text(Integer.toString(i)));
		}
		run();
		assertThat(this.engine.handler.events).hasSize(301);
	}

	@ParameterizedTest
	@EnumSource
	void readingStopsAtTheLimitAndNothingIsLost(Where where) {
		this.engine.maxPending = 4;
		List<CompletableFuture<Void>> gates = new ArrayList<>();
		this.engine.handler.onText = (session, argument) -> {
			gates.add(new CompletableFuture<>());
			return gates.get(gates.size() - 1);
		};
		Peer peer = open(where);
		// on the loop, the message that is worked on does not wait
		int limit = (where == Where.EXECUTOR) ? 4 : 5;
		for (int i = 0; i < limit - 1; i++) {
			peer.send(Wire.text("m" + i));
		}
		assertThat(peer.transport.readInterest).isTrue();
		peer.send(Wire.text("m" + (limit - 1)), Wire.text("m" + limit));
		assertThat(peer.transport.readInterest).isFalse();
		peer.send(Wire.text("m" + (limit + 1)), Wire.text("m" + (limit + 2)));
		assertThat(peer.transport.unread()).isPositive();
		int all = limit + 3;
		for (int i = 0; i < all; i++) {
			run();
			assertThat(gates).hasSize(i + 1);
			gates.get(i).complete(null);
		}
		run();
		assertThat(this.engine.handler.events.subList(1, all + 1))
			.containsExactlyElementsOf(IntStream.range(0, all).mapToObj((i) -> "text m" + i).toList());
		assertThat(peer.transport.readInterest).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void pongsThatWaitForTheHandlerCountLikeMessages(Where where) {
		this.engine.maxPending = 4;
		this.engine.handler.wantsPongs = true;
		CompletableFuture<Void> gate = new CompletableFuture<>();
		this.engine.handler.onText = (session, argument) -> gate;
		Peer peer = open(where);
		byte[][] pongs = Collections.nCopies(100, Wire.pong("p")).toArray(byte[][]::new);
		peer.send(Wire.text("hold"), Wire.join(pongs));
		assertThat(peer.transport.readInterest).isFalse();
		gate.complete(null);
		run();
		assertThat(this.engine.handler.events).hasSize(102);
	}

	@ParameterizedTest
	@EnumSource
	void closeIsReadEvenWhileTheHandlerIsTooSlowToTakeMessages(Where where) {
		this.engine.maxPending = 1;
		CompletableFuture<Void> gate = new CompletableFuture<>();
		this.engine.handler.onText = (session, argument) -> gate;
		Peer peer = open(where);
		peer.send(Wire.text("1"), Wire.text("2"), Wire.text("3"), Wire.close(1000, ""));
		run();
		assertThat(peer.transport.readInterest).isFalse();
		this.engine.session().close(CloseStatus.GOING_AWAY);
		this.engine.settle();
		assertThat(peer.frames()).containsExactly("close 1001");
		assertThat(peer.transport.outputEnded).isTrue();
		gate.complete(null);
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text 1", "close 1001");
	}

	static List<Throwable> failures() {
		return List.of(new IllegalStateException("expected"), new Exception("expected"),
				new StackOverflowError("expected"), new OutOfMemoryError("expected"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void handlerThatFailsEndsItsSessionOnceWith1011AndNoOther(Throwable failure) throws Exception {
		for (Where where : Where.values()) {
			for (String at : List.of("open", "text", "stage")) {
				Engine fresh = new Engine();
				fresh.executor = (where == Where.EXECUTOR) ? this.executor : null;
				RecordingHandler.Callback failing = (session, argument) -> {
					sneak(failure);
					return null;
				};
				Peer other = fresh.open();
				fresh.runHandlers(this.executor);
				fresh.handler.events.clear();
				switch (at) {
					case "open" -> fresh.handler.onOpen = failing;
					case "text" -> fresh.handler.onText = failing;
					default -> fresh.handler.onText = (session, argument) -> CompletableFuture.failedFuture(failure);
				}
				Peer peer = fresh.open();
				peer.send(Wire.text("1"), Wire.text("2"));
				fresh.runHandlers(this.executor);
				peer.send(Wire.text("3"), Wire.close(1011, ""));
				fresh.runHandlers(this.executor);
				assertThat(peer.frames()).containsExactly("close 1011");
				assertThat(fresh.handler.events).endsWith("close 1011").doesNotContain("text 2", "text 3");
				assertThat(fresh.listener.closed).containsExactly("1011 HANDLER_FAILED");
				assertThat(fresh.listener.handlerFailures).containsExactly(failure);
				assertThat(fresh.listener.engineFailures).isEmpty();
				fresh.handler.onOpen = (session, argument) -> null;
				fresh.handler.onText = RecordingHandler.echo();
				other.send(Wire.text("alive"));
				fresh.runHandlers(this.executor);
				assertThat(other.frames()).containsExactly("text alive");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeCallbackThatFailsIsReportedOnly(Where where) {
		this.engine.handler.onClose = (session, argument) -> {
			throw new IllegalStateException("expected");
		};
		Peer peer = open(where);
		peer.send(Wire.close(1000, ""));
		run();
		assertThat(peer.frames()).containsExactly("close 1000");
		assertThat(this.engine.listener.handlerFailures).hasSize(1);
		assertThat(this.engine.listener.closed).containsExactly("1000");
	}

	@ParameterizedTest
	@EnumSource
	void handlerThatFailsOnALostSessionIsNotCalledAgain(Where where) {
		CompletableFuture<Void> gate = new CompletableFuture<>();
		this.engine.handler.onOpen = (session, argument) -> gate;
		this.engine.handler.onText = (session, argument) -> {
			throw new IllegalStateException("expected");
		};
		Peer peer = open(where);
		peer.send(Wire.text("1"), Wire.text("2"));
		peer.reset();
		gate.complete(null);
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "text 1", "close 1006");
		assertThat(this.engine.listener.handlerFailures).hasSize(1);
	}

	@Test
	void executorThatRejectsEndsTheSessionWith1013AndItsEndIsStillTold() {
		Peer peer = open(Where.EXECUTOR);
		this.executor.rejecting = true;
		peer.send(Wire.text("1"));
		assertThat(peer.frames()).containsExactly("close 1013");
		assertThat(this.engine.listener.engineFailures).hasSize(1);
		this.executor.rejecting = false;
		peer.send(Wire.close(1013, ""));
		run();
		assertThat(this.engine.handler.events).containsExactly("open", "close 1013");
		this.engine.listener.engineFailures.clear();
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void howeverTheBytesAreCutNothingChanges(long seed) {
		System.out.println("DeliveryTests seed " + seed);
		Random random = new Random(seed);
		for (Where where : Where.values()) {
			Engine fresh = new Engine();
			fresh.executor = (where == Where.EXECUTOR) ? this.executor : null;
			fresh.maxPending = 1 + random.nextInt(5);
			fresh.handler.onText = RecordingHandler.echo();
			Peer peer = fresh.open();
			List<String> expected = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				String text = i + "x".repeat(random.nextInt(300));
				expected.add("text " + text);
				peer.transport.readLimit = 1 + random.nextInt(500);
				peer.transport.writeLimit = 1 + random.nextInt(200);
				peer.transport.room = random.nextInt(1000);
				peer.transport.feed(Wire.text(text));
				if (random.nextInt(3) == 0) {
					fresh.settle();
				}
				if (random.nextInt(4) == 0) {
					this.executor.runAll();
				}
			}
			peer.transport.room = Long.MAX_VALUE;
			peer.transport.readLimit = Integer.MAX_VALUE;
			peer.transport.writeLimit = Integer.MAX_VALUE;
			fresh.runHandlers(this.executor);
			assertThat(peer.frames()).hasSize(200).isEqualTo(expected);
			assertThat(fresh.session().bufferedBytes()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whereverTheConnectionIsResetItsEndIsToldOnce(long seed) {
		for (Where where : Where.values()) {
			for (int calls = 0; calls < 60; calls++) {
				Engine fresh = new Engine();
				fresh.executor = (where == Where.EXECUTOR) ? this.executor : null;
				fresh.handler.onText = RecordingHandler.echo();
				Random random = new Random(seed + calls);
				Peer peer = fresh.connect();
				peer.transport.callsUntilReset = calls;
				peer.transport.readLimit = 20 + random.nextInt(60);
				peer.transport.writeLimit = 20 + random.nextInt(60);
				peer.send(Wire.upgrade("/ws"), Wire.text("one"), Wire.ping("p"), Wire.text("two"),
						Wire.close(1000, "bye"));
				fresh.runHandlers(this.executor);
				peer.reset();
				fresh.runHandlers(this.executor);
				peer.hangUp();
				fresh.pass(Duration.ofSeconds(2));
				assertThat(fresh.loop.members()).isEmpty();
				assertThat(fresh.admission.connections()).isZero();
				assertThat(fresh.registry.sessions()).isEmpty();
				assertThat(fresh.listener.closed).hasSameSizeAs(fresh.listener.opened);
				assertThat(fresh.handler.events.stream().filter((event) -> event.startsWith("close")))
					.hasSameSizeAs(fresh.listener.opened);
				assertThat(fresh.listener.engineFailures).isEmpty();
			}
		}
	}

	static List<Long> seeds() {
		return List.of(1L, 2L, 3L);
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable failure) throws T {
		throw (T) failure;
	}

}
