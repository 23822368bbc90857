package io.github.wsspring.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.DeflateOptions;
import io.github.wsspring.protocol.MessageKinds;
import io.github.wsspring.protocol.ProtocolLimits;
import io.github.wsspring.protocol.Splits;
import io.github.wsspring.server.SessionOptions.HeartbeatOptions;
import io.github.wsspring.transport.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Requirements for messages that are read while they arrive.
 */
@Timeout(60)
class MessageStreamTests {

	private static final int FIN = 0x80;

	private static final int COMPRESSED = 0x40;

	/** What may wait, and what one read from the socket can bring in excess. */
	private static final int MOST = StreamIntake.CAPACITY + EventLoop.BUFFER_SIZE;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private Engine engine = new Engine();

	private StreamReader handler = new StreamReader();

	@BeforeEach
	void prepare() {
		this.engine = new Engine();
		this.handler = new StreamReader();
		this.engine.handler = this.handler;
		this.engine.executor = this.executor;
		this.engine.limits = new ProtocolLimits(64 * 1024 * 1024, 64 * 1024 * 1024, 1000);
	}

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
		assertThat(this.engine.listener.engineFailures).isEmpty();
	}

	@Test
	void theHandlerReadsWhatIsThereAndWaitsForTheRest() throws Exception {
		CountDownLatch three = new CountDownLatch(1);
		this.handler.reading = (session, message) -> {
			assertThat(message.readNBytes(3)).containsExactly(1, 2, 3);
			three.countDown();
			assertThat(message.readAllBytes()).containsExactly(4, 5);
			assertThat(message.read()).isEqualTo(-1);
			assertThat(message.read(new byte[0])).isZero();
			this.handler.events.add("read");
			return null;
		};
		Peer peer = this.engine.open();
		byte[] frame = Wire.frame(FIN | Wire.BINARY, new byte[] { 1, 2, 3, 4, 5 });
		peer.send(Arrays.copyOf(frame, frame.length - 5));
		assertThat(this.handler.messages).isEmpty();
		peer.send(Arrays.copyOfRange(frame, frame.length - 5, frame.length - 2));
		three.await();
		assertThat(this.handler.events).containsExactly("open");
		peer.send(Arrays.copyOfRange(frame, frame.length - 2, frame.length));
		eventually("open", "read");
		assertThat(this.engine.listener.handlerFailures).isEmpty();
	}

	@Test
	void messagesAreReadInOrderHoweverTheyAreCut() throws Exception {
		byte[] conversation = Wire.join(Wire.text("aß€😀"), Wire.frame(Wire.BINARY, new byte[2]), Wire.ping("p"),
				Wire.frame(0, new byte[0]), Wire.frame(FIN, new byte[3]), Wire.text(""), Wire.close(1000, ""));
		List<String> events = Splits.sameForEach(conversation, (pieces) -> {
			prepare();
			Peer peer = this.engine.open();
			pieces.forEach((piece) -> peer.send(piece));
			settleUntil(() -> this.handler.events.contains("close 1000"));
			settleUntil(() -> peer.frames().size() == 2);
			assertThat(peer.frames()).containsExactly("pong p", "close 1000");
			return List.copyOf(this.handler.events);
		});
		assertThat(events).containsExactly("open", "stream aß€😀", "stream of 5", "stream ", "close 1000");
	}

	@Test
	void kindsThatWereNotAskedForComeAsAWhole() {
		this.handler.kinds = new MessageKinds(false, true);
		Peer peer = this.engine.open();
		peer.send(Wire.text("a"), Wire.frame(FIN | Wire.BINARY, new byte[3]), Wire.text("b"));
		eventually("open", "text a", "stream of 3", "text b");
	}

	@Test
	void onlySoMuchWaitsForASlowReader() throws Exception {
		byte[] data = randomBytes(3_000_000);
		Holding holding = new Holding();
		this.handler.reading = holding;
		Peer peer = this.engine.open();
		peer.send(Wire.frame(FIN | Wire.BINARY, data));
		MessageStream message = this.handler.messages.take();
		this.engine.settle();
		assertThat(peer.connection.isReadingPaused()).isTrue();
		assertThat(message.available()).isBetween(StreamIntake.CAPACITY, MOST);
		assertThat(peer.transport.unread()).isGreaterThan(data.length - 2 * MOST);
		// no sooner than half of it was read
		int unread = peer.transport.unread();
		byte[] target = new byte[data.length];
		int half = message.available() - StreamIntake.CAPACITY / 2 - 1;
		assertThat(message.readNBytes(target, 0, half)).isEqualTo(half);
		this.engine.settle();
		assertThat(peer.transport.unread()).isEqualTo(unread);
		target[half] = (byte) message.read();
		this.engine.settle();
		assertThat(peer.transport.unread()).isLessThan(unread);
		holding.readInto(target, half + 1);
		eventually("open", "read");
		assertThat(target).isEqualTo(data);
		assertThat(message.intake().peak()).isBetween(StreamIntake.CAPACITY, MOST);
		assertThat(message.intake()).asString().startsWith("0 bytes waiting");
	}

	@Test
	void littleWaitsOfWhatWasCompressedWell() throws Exception {
		this.engine.deflate = new DeflateOptions(0, -1, false);
		byte[] data = new byte[20_000_000];
		Holding holding = new Holding();
		this.handler.reading = holding;
		Peer peer = this.engine.open("Sec-WebSocket-Extensions: permessage-deflate");
		peer.send(Wire.frame(FIN | COMPRESSED | Wire.BINARY, deflate(data)));
		MessageStream message = this.handler.messages.take();
		this.engine.settle();
		assertThat(peer.connection.isReadingPaused()).isTrue();
		byte[] target = new byte[data.length];
		Arrays.fill(target, (byte) 1);
		holding.readInto(target, 0);
		eventually("open", "read");
		assertThat(target).isEqualTo(data);
		assertThat(message.intake().peak()).isBetween(StreamIntake.CAPACITY, MOST);
	}

	@Test
	void smallMessagesThatWaitShareTheRoomOfOne() throws Exception {
		Holding holding = new Holding();
		this.handler.reading = holding;
		Peer peer = this.engine.open();
		byte[] data = new byte[10_000];
		for (int i = 0; i < 60; i++) {
			peer.transport.feed(Wire.frame(FIN | Wire.BINARY, data));
		}
		this.engine.settle();
		MessageStream first = this.handler.messages.take();
		this.engine.settle();
		assertThat(peer.connection.isReadingPaused()).isTrue();
		assertThat(first.intake().peak()).isBetween(StreamIntake.CAPACITY, MOST);
		holding.readInto(new byte[data.length], 0);
		settleUntil(() -> this.handler.events.size() == 61);
		assertThat(first.intake().peak()).isLessThanOrEqualTo(MOST);
	}

	@Test
	void whatAHandlerDoesNotReadIsThrownAway() throws Exception {
		this.handler.reading = (session, message) -> {
			this.handler.events.add("first " + message.read());
			return null;
		};
		Peer peer = this.engine.open();
		byte[] large = Wire.frame(FIN | Wire.BINARY, new byte[2_000_000]);
		peer.send(Arrays.copyOf(large, 1000));
		eventually("open", "first 0");
		MessageStream message = this.handler.messages.take();
		settleUntil(() -> isOver(message));
		peer.send(Arrays.copyOfRange(large, 1000, large.length), Wire.text("next"));
		eventually("open", "first 0", "first 110");
		assertThat(message.intake().peak()).isLessThan(1000);
		assertThat(peer.frames()).isEmpty();
		assertThatIOException().isThrownBy(message::read).withMessageContaining("message is over");
		assertThatIOException().isThrownBy(message::available).withMessageContaining("message is over");
	}

	@Test
	void whatWaitsForAHandlerThatIsDoneIsThrownAway() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		this.handler.reading = (session, message) -> {
			done.await();
			this.handler.events.add(message.isText() ? "text" : "binary");
			return null;
		};
		Peer peer = this.engine.open();
		peer.send(Wire.frame(FIN | Wire.BINARY, new byte[2_000_000]), Wire.text("next"));
		assertThat(peer.connection.isReadingPaused()).isTrue();
		done.countDown();
		eventually("open", "binary", "text");
	}

	@Test
	void closingAStreamThrowsItsRestAway() throws Exception {
		this.handler.reading = (session, message) -> {
			this.handler.events.add("first " + message.read());
			message.close();
			message.close();
			assertThatIOException().isThrownBy(message::read).withMessage("Stream closed");
			return null;
		};
		Peer peer = this.engine.open();
		peer.send(Wire.frame(FIN | Wire.BINARY, new byte[2_000_000]), Wire.text("next"));
		eventually("open", "first 0", "first 110");
	}

	@Test
	void aHandlerThatFailsEndsTheSession() {
		this.handler.reading = (session, message) -> {
			throw new IllegalStateException("expected");
		};
		Peer peer = this.engine.open();
		peer.send(Arrays.copyOf(Wire.frame(FIN | Wire.BINARY, new byte[100]), 50));
		settleUntil(() -> peer.frames().contains("close 1011"));
		assertThat(this.engine.listener.handlerFailures).singleElement().asString().contains("expected");
	}

	@Test
	void aStreamLastsUntilTheStageIsComplete() throws Exception {
		CompletableFuture<Void> stage = new CompletableFuture<>();
		this.handler.reading = (session, message) -> message.isText() ? null : stage;
		Peer peer = this.engine.open();
		peer.send(Wire.frame(FIN | Wire.BINARY, new byte[] { 1, 2 }), Wire.text("next"));
		MessageStream message = this.handler.messages.take();
		assertThat(message.read()).isEqualTo(1);
		this.engine.settle();
		assertThat(this.handler.messages).isEmpty();
		assertThat(message.available()).isEqualTo(1);
		stage.complete(null);
		settleUntil(() -> isOver(message));
		assertThatIOException().isThrownBy(message::read).withMessageContaining("message is over");
		assertThat(this.handler.messages.take().isText()).isTrue();
	}

	@Test
	void aStageThatFailsEndsTheSession() {
		this.handler.reading = (session, message) -> CompletableFuture
			.failedFuture(new IllegalStateException("expected"));
		Peer peer = this.engine.open();
		peer.send(Wire.text("a"));
		settleUntil(() -> peer.frames().contains("close 1011"));
		assertThat(this.engine.listener.handlerFailures).singleElement().asString().contains("expected");
	}

	@Test
	void aReaderCanBeInterrupted() throws Exception {
		CompletableFuture<Thread> reader = new CompletableFuture<>();
		this.handler.reading = (session, message) -> {
			reader.complete(Thread.currentThread());
			try {
				return CompletableFuture.completedFuture(message.readAllBytes());
			}
			catch (InterruptedIOException ex) {
				this.handler.events.add("interrupted");
				return null;
			}
		};
		Peer peer = this.engine.open();
		peer.send(Wire.frame(Wire.BINARY, new byte[5]));
		settleUntil(reader::isDone);
		reader.join().interrupt();
		eventually("open", "interrupted");
		peer.send(Wire.frame(FIN, new byte[5]), Wire.ping("alive"));
		assertThat(peer.frames()).containsExactly("pong alive");
	}

	@Test
	void aPingOfTheApplicationIsAnsweredHoweverItIsCut() {
		byte[] conversation = Wire.join(Wire.text("{\"type\":\"ping\"}"), Wire.text("{\"type\":\"pin"),
				Wire.frame(Wire.TEXT, Wire.ascii("{\"type\"")), Wire.frame(FIN, Wire.ascii(": \"ping\" }")),
				Wire.text("{\"type\":\"ping\"}!"), Wire.text("{\"type\":\"ping\",\"n\":1}"));
		Splits.sameForEach(conversation, (pieces) -> {
			prepare();
			Peer peer = this.engine.open();
			pieces.forEach((piece) -> peer.send(piece));
			eventually("open", "stream {\"type\":\"pin", "stream {\"type\":\"ping\"}!",
					"stream {\"type\":\"ping\",\"n\":1}");
			assertThat(peer.frames()).containsExactly("text {\"type\":\"pong\"}", "text {\"type\":\"pong\"}");
			return true;
		});
	}

	@Test
	void whoReadsIsNotKeptWaitingByWhatWaitsForHim() throws Exception {
		this.engine.maxPending = 1;
		this.handler.wantsPongs = true;
		Peer peer = this.engine.open();
		peer.send(Wire.frame(Wire.BINARY, new byte[5]));
		this.handler.messages.take();
		for (int i = 0; i < 100; i++) {
			peer.send(Wire.pong("x"), Wire.frame(0, new byte[5]));
		}
		peer.send(Wire.frame(FIN, new byte[0]));
		settleUntil(() -> this.handler.events.contains("stream of 505"));
		peer.send(Wire.text("next"));
		settleUntil(() -> this.handler.events.contains("stream next"));
		// those beyond the limit are lost
		assertThat(this.handler.events.stream().filter("pong 1"::equals).count()).isLessThanOrEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void asManyMessagesWaitAsMay(int maxPending) throws Exception {
		this.engine.maxPending = maxPending;
		Holding holding = new Holding();
		this.handler.reading = holding;
		Peer peer = this.engine.open();
		for (int i = 0; i < 10; i++) {
			peer.send(Wire.frame(FIN | Wire.BINARY, new byte[5]));
		}
		this.handler.messages.take();
		settleUntil(peer.connection::isReadingPaused);
		holding.readInto(new byte[5], 0);
		settleUntil(() -> this.handler.events.size() == 11);
		settleUntil(() -> !peer.connection.isReadingPaused());
	}

	@Test
	void messagesMayBeReadAtATime() throws Exception {
		this.engine.concurrency = 2;
		CountDownLatch second = new CountDownLatch(1);
		this.handler.reading = (session, message) -> {
			if (message.isText()) {
				this.handler.events.add(StreamReader.describe(message, message.readAllBytes()));
				second.countDown();
			}
			else {
				second.await();
				this.handler.events.add(StreamReader.describe(message, message.readAllBytes()));
			}
			return null;
		};
		Peer peer = this.engine.open();
		// the first one fills its room, and the second one needs more than one of its own
		peer.send(Wire.frame(FIN | Wire.BINARY, new byte[StreamIntake.CAPACITY - 1]));
		String text = "x".repeat(500_000);
		peer.send(Wire.text(text));
		eventually("open", "stream " + text, "stream of " + (StreamIntake.CAPACITY - 1));
	}

	@Test
	void idleTimeIsTheTimeWithoutAnyPart() throws Exception {
		this.engine.idleTimeout = Duration.ofSeconds(5);
		Peer peer = this.engine.open();
		peer.send(Wire.frame(Wire.BINARY, new byte[1]));
		for (int i = 0; i < 4; i++) {
			this.engine.pass(Duration.ofSeconds(3));
			peer.send(Wire.frame(0, new byte[1]));
		}
		peer.send(Wire.frame(FIN, new byte[1]));
		eventually("open", "stream of 6");
	}

	@ParameterizedTest
	@EnumSource
	void whicheverWayTheSessionEndsTheReaderIsTold(End end) throws Exception {
		this.engine.heartbeat = new HeartbeatOptions(Duration.ofSeconds(30), Duration.ofSeconds(10));
		this.engine.idleTimeout = (end == End.IDLE) ? Duration.ofSeconds(5) : null;
		this.engine.limits = new ProtocolLimits(100, 100, 1000);
		Peer peer = this.engine.open();
		peer.send(Wire.frame(Wire.TEXT, Wire.ascii("abc")));
		MessageStream message = this.handler.messages.take();
		end.happen(this.engine, peer);
		settleUntil(() -> this.handler.events.contains("incomplete " + end.code));
		// where a peer does not answer our close frame
		this.engine.pass(Duration.ofSeconds(6));
		settleUntil(() -> this.handler.events.stream().anyMatch((event) -> event.startsWith("close")));
		assertThat(this.handler.events).containsExactly("open", "incomplete " + end.code, "close " + end.code);
		assertThat(this.engine.listener.handlerFailures).isEmpty();
		assertThatIOException().isThrownBy(message::read);
		this.engine.pass(Duration.ofSeconds(10));
		peer.hangUp();
		assertThat(this.engine.loop.members()).isEmpty();
		assertThat(this.engine.admission.sessions()).isZero();
	}

	@Test
	void theReasonIsInTheException() throws Exception {
		this.engine.limits = new ProtocolLimits(100, 100, 1000);
		this.handler.reading = (session, message) -> {
			assertThatExceptionOfType(IncompleteMessageException.class).isThrownBy(message::readAllBytes)
				.withMessage("The rest of the message will not come: the session ends with 1009 message of 103 bytes "
						+ "or more is over the limit of 100")
				.satisfies((ex) -> assertThat(ex.status().code()).isEqualTo(1009));
			this.handler.events.add("told");
			return null;
		};
		Peer peer = this.engine.open();
		peer.send(Wire.frame(Wire.BINARY, new byte[3]), Wire.frame(0, new byte[100]));
		settleUntil(() -> this.handler.events.contains("told"));
	}

	@Test
	void theFailureOfAnotherSessionsMessageIsAFailure() throws Exception {
		CompletableFuture<MessageStream> foreign = new CompletableFuture<>();
		this.handler.reading = (session, message) -> {
			if (foreign.complete(message)) {
				return new CompletableFuture<>();
			}
			throw new IOException("wrapped", new IncompleteMessageException(CloseStatus.ABNORMAL, foreign.join()));
		};
		Peer first = this.engine.open();
		first.send(Wire.frame(Wire.BINARY, new byte[3]));
		this.handler.messages.take();
		Peer second = this.engine.open();
		second.send(Wire.frame(Wire.BINARY, new byte[3]));
		settleUntil(() -> second.frames().contains("close 1011"));
	}

	@Test
	void whatWasCompleteIsReadAfterTheConnectionWasLost() throws Exception {
		Holding holding = new Holding();
		this.handler.reading = holding;
		Peer peer = this.engine.open();
		peer.send(Wire.frame(FIN | Wire.BINARY, new byte[3]), Wire.frame(FIN | Wire.BINARY, new byte[3]));
		this.handler.messages.take();
		peer.reset();
		holding.readInto(new byte[3], 0);
		eventually("open", "read", "read", "close 1006");
	}

	@Test
	void nobodyIsCalledForAMessageThatBringsNothingButItsHeader() {
		Peer peer = this.engine.open();
		peer.send(Arrays.copyOf(Wire.frame(FIN | Wire.BINARY, new byte[100]), 6));
		peer.reset();
		eventually("open", "close 1006");
	}

	@Test
	void aMessageThatCannotBeHandedOverEndsTheSession() {
		ManualExecutor manual = new ManualExecutor();
		this.engine.executor = manual;
		Peer peer = this.engine.open();
		this.engine.runHandlers(manual);
		manual.rejecting = true;
		peer.send(Wire.frame(Wire.BINARY, new byte[1_000_000]));
		assertThat(peer.frames()).containsExactly("close 1013");
		assertThat(peer.connection.isReadingPaused()).isFalse();
		this.engine.listener.engineFailures.clear();
	}

	@Test
	void anEventLoopIsNoPlaceToRead() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> new Endpoint("upload", this.handler, null, List.of(), OriginPolicy.ANY, SessionOptions.DEFAULTS))
			.withMessageContaining("'upload'")
			.withMessageContaining("needs an executor");
	}

	private void eventually(String... events) {
		settleUntil(() -> this.handler.events.size() >= events.length);
		assertThat(this.handler.events).containsExactly(events);
	}

	/** Handlers run on threads of their own, the loop on this one. */
	private void settleUntil(Callable<Boolean> condition) {
		await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
			this.engine.settle();
			return condition.call();
		});
	}

	private static boolean isOver(MessageStream message) {
		try {
			message.available();
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static byte[] randomBytes(int length) {
		byte[] bytes = new byte[length];
		new Random(42).nextBytes(bytes);
		return bytes;
	}

	/** Without the end of the sync flush, as it travels. */
	private static byte[] deflate(byte[] data) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(data);
		byte[] compressed = new byte[data.length];
		int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(compressed, length - 4);
	}

	/** Does not read before it is told to. */
	private final class Holding implements StreamReader.Reading {

		private final CompletableFuture<byte[]> target = new CompletableFuture<>();

		private volatile int offset;

		void readInto(byte[] target, int offset) {
			this.offset = offset;
			this.target.complete(target);
		}

		@Override
		public CompletableFuture<Void> read(Session session, MessageStream message) {
			return this.target.thenAcceptAsync((bytes) -> fill(message, bytes), MessageStreamTests.this.executor);
		}

		private void fill(InputStream message, byte[] bytes) {
			try {
				message.readNBytes(bytes, this.offset, bytes.length - this.offset);
				assertThat(message.read()).isEqualTo(-1);
				MessageStreamTests.this.handler.events.add("read");
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}

	}

	/** What can happen in the midst of a message of up to 100 bytes. */
	enum End {

		PEER_CLOSES(1001) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.send(Wire.close(1001, "bye"));
			}

		},

		PEER_HANGS_UP(1006) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.hangUp();
			}

		},

		RESET(1006) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.reset();
			}

		},

		PROTOCOL_ERROR(1002) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.send(Wire.text("not a continuation"));
			}

		},

		TOO_BIG(1009) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.send(Wire.frame(0, new byte[98]));
			}

		},

		NOT_UTF8(1007) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.send(Wire.frame(0, new byte[] { (byte) 0xc3, 0x28 }));
			}

		},

		CLOSED_BY_US(4000) {

			@Override
			void happen(Engine engine, Peer peer) {
				engine.session().close(new CloseStatus(4000, "enough"));
			}

		},

		TERMINATED(1006) {

			@Override
			void happen(Engine engine, Peer peer) {
				engine.session().terminate();
			}

		},

		NO_HEARTBEAT(1001) {

			@Override
			void happen(Engine engine, Peer peer) {
				engine.pass(Duration.ofSeconds(41));
			}

		},

		IDLE(1001) {

			@Override
			void happen(Engine engine, Peer peer) {
				engine.pass(Duration.ofSeconds(6));
			}

		},

		GRACE_PERIOD_OVER(1006) {

			@Override
			void happen(Engine engine, Peer peer) {
				peer.connection.shutDown(new CloseStatus(1012, ""));
				engine.settle();
				assertThat(engine.listener.closed).isEmpty();
				Drain.breakOff(engine.loop);
			}

		};

		private final int code;

		End(int code) {
			this.code = code;
		}

		abstract void happen(Engine engine, Peer peer);

	}

}
