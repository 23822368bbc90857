package io.github.wsspring.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

import io.github.wsspring.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TlsTransport}: a client's engine at the other end of a simulated wire,
 * without any thread.
 */
class TlsTransportTests {

	private static final String TLS_1_2 = "TLSv1.2";

	private static final String TLS_1_3 = "TLSv1.3";

	private static final int WHOLE = 64 * 1024;

	private static final long SEED = Long.getLong("seed", System.nanoTime());

	private static final byte[] HELLO = "hello".getBytes(UTF_8);

	static Stream<Arguments> chops() {
		return Stream.of(TLS_1_2, TLS_1_3)
			.flatMap((protocol) -> Stream.of(1, 2, 3, 5, 17, 100, 1_000, 16_500, WHOLE)
				.map((chop) -> Arguments.of(protocol, chop)));
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(SEED).nextBytes(bytes);
		return bytes;
	}

	private static TlsEnds established(String protocol) throws SSLException {
		return new TlsEnds(protocol, SEED, WHOLE).establish();
	}

	@ParameterizedTest
	@MethodSource("chops")
	void whateverTheWireTakesAtOnceBothSidesGetWhatTheOtherSent(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop);
		byte[] data = random((chop < 100) ? 3_000 : 300_000);
		ends.write(data);
		ends.establish();
		ends.send(data);
		ends.run();
		assertThat(ends.received()).as("seed %d", SEED).isEqualTo(data);
		assertThat(ends.client.received()).as("seed %d", SEED).isEqualTo(data);
		assertThat(ends.isWritten()).isTrue();
		assertThat(ends.wire.wantsWrite()).isFalse();
		assertThat(ends.wire.wantsRead()).isTrue();
		assertThat(ends.failure()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whatIsWrittenBeforeTheHandshakeIsDoneWaitsWithoutInterestInTheWire(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		ends.write(HELLO);
		assertThat(ends.isWritten()).isFalse();
		assertThat(ends.wire.wantsWrite()).isFalse();
		assertThat(ends.run()).isZero();
		ends.establish();
		assertThat(ends.client.received()).isEqualTo(HELLO);
		assertThat(ends.wire.wantsWrite()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void eachMessageTakesFewCallsOfTheEngine(String protocol) throws SSLException {
		TlsEnds ends = established(protocol);
		assertThat(ends.engine.calls()).isLessThan(64);
		int before = ends.engine.calls();
		for (int i = 0; i < 100; i++) {
			ends.send(HELLO);
			ends.run();
		}
		assertThat(ends.engine.calls() - before).isLessThan(300);
	}

	/** The client's last handshake bytes and its first data, while nothing can go out. */
	@Test
	void dataBehindTheHandshakeIsReadThoughNothingMoreArrivesWhenTheOutputIsFree() throws SSLException {
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, WHOLE);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.holdClient(true);
		ends.run();
		byte[] finished = ends.client.receive(ends.wire.takeWritten());
		ends.wire.room(0);
		ends.wire.arrive(finished);
		ends.send(HELLO);
		ends.run();
		ends.wire.room(Integer.MAX_VALUE);
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
	}

	@Test
	void dataBehindAKeyUpdateIsReadThoughNothingMoreArrivesWhenTheOutputIsFree() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		ends.wire.room(0);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.send(HELLO);
		ends.run();
		assertThat(ends.received()).isEmpty();
		ends.wire.room(Integer.MAX_VALUE);
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
	}

	@Test
	void dataBehindAKeyUpdateIsReadWhenAReaderThatPausedMeanwhileGoesOn() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		ends.wire.room(0);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.send(HELLO);
		ends.run();
		ends.reading(false);
		ends.wire.room(Integer.MAX_VALUE);
		assertThat(ends.run()).isLessThan(10);
		assertThat(ends.received()).isEmpty();
		ends.reading(true);
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
	}

	@Test
	void endBehindAKeyUpdateDoesNotOvertakeTheDataBeforeIt() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		ends.wire.room(0);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.send(HELLO);
		ends.wire.end();
		ends.run();
		assertThat(ends.isEnded()).isFalse();
		ends.wire.room(Integer.MAX_VALUE);
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
		assertThat(ends.isEnded()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("chops")
	void closeNotifyIsAnEndEvenIfNoFinFollows(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop).establish();
		ends.send(HELLO);
		ends.wire.arrive(ends.client.closeNotify());
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
		assertThat(ends.isEnded()).isTrue();
		assertThat(ends.failure()).isNull();
		shutDownAfterTheClient(ends);
	}

	@ParameterizedTest
	@MethodSource("chops")
	void closeNotifyAndFinAreAnEnd(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop).establish();
		ends.send(HELLO);
		ends.wire.arrive(ends.client.closeNotify());
		ends.wire.end();
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
		assertThat(ends.isEnded()).isTrue();
		assertThat(ends.failure()).isNull();
		shutDownAfterTheClient(ends);
	}

	private static void shutDownAfterTheClient(TlsEnds ends) throws SSLException {
		shutdownOutput(ends);
		ends.run();
		assertThat(ends.client.isEnded()).as("close_notify").isTrue();
		assertThat(ends.wire.isServerEnded()).isTrue();
	}

	private static void shutdownOutput(TlsEnds ends) {
		try {
			ends.transport.shutdownOutput();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("chops")
	void bareFinIsAnEndAsThatOfPlainTcp(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop).establish();
		ends.send(HELLO);
		ends.wire.end();
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
		assertThat(ends.isEnded()).isTrue();
		assertThat(ends.failure()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void finInsideOfARecordGivesNothingOfIt(String protocol) throws SSLException {
		int length = established(protocol).client.wrap(HELLO).length;
		for (int cut = 1; cut < length; cut++) {
			TlsEnds ends = established(protocol);
			ends.wire.arrive(Arrays.copyOf(ends.client.wrap(HELLO), cut));
			ends.wire.end();
			ends.run();
			assertThat(ends.received()).isEmpty();
			assertThat(ends.isEnded()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("chops")
	void afterOurCloseNotifyTheClientMaySendOnUntilItsFin(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop).establish();
		ends.write(HELLO);
		ends.run();
		shutdownOutput(ends);
		ends.run();
		assertThat(ends.client.received()).isEqualTo(HELLO);
		assertThat(ends.client.isEnded()).isTrue();
		assertThat(ends.wire.isServerEnded()).isTrue();
		ends.wire.arrive(ends.client.closeNotify());
		ends.wire.end();
		ends.run();
		assertThat(ends.failure()).isNull();
		assertThat(ends.isEnded()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("chops")
	void bothMayCloseAtOnce(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop).establish();
		ends.wire.arrive(ends.client.closeNotify());
		shutdownOutput(ends);
		ends.wire.end();
		ends.run();
		assertThat(ends.isEnded()).isTrue();
		assertThat(ends.failure()).isNull();
		assertThat(ends.client.isEnded()).isTrue();
		assertThat(ends.wire.isServerEnded()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whatIsUnsentGoesOutBeforeCloseNotifyAndFin(String protocol) throws SSLException {
		TlsEnds ends = established(protocol);
		byte[] data = random(40_000);
		for (int room : new int[] { 0, 1, 10_000 }) {
			ends = established(protocol);
			ends.wire.room(room);
			ends.write(data);
			assertThat(ends.isWritten()).isTrue();
			shutdownOutput(ends);
			assertThat(ends.wire.isServerEnded()).isFalse();
			assertThat(ends.wire.wantsWrite()).isTrue();
			for (int more = 0; more < 200 && !ends.wire.isServerEnded(); more++) {
				ends.wire.room(1 + more * 10);
				ends.run();
			}
			assertThat(ends.client.received()).isEqualTo(data);
			assertThat(ends.client.isEnded()).as("close_notify").isTrue();
			assertThat(ends.wire.isServerEnded()).isTrue();
			assertThat(ends.wire.wantsWrite()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whatTheLoopAnswersToDataBeforeACloseNotifyArrives(String protocol) throws SSLException {
		TlsEnds ends = established(protocol);
		ends.send(HELLO);
		ends.wire.arrive(ends.client.closeNotify());
		ends.transport.onReadable();
		assertThat(ends.received()).isEqualTo(HELLO);
		ends.write("bye".getBytes(UTF_8));
		ends.run();
		assertThat(ends.failure()).isNull();
		assertThat(ends.isEnded()).isTrue();
		assertThat(ends.wire.takeWritten()).isEmpty();
		assertThat(ends.client.received()).isEqualTo("bye".getBytes(UTF_8));
		shutDownAfterTheClient(ends);
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void queueIsNotDrainedBeforeTheWireHasTakenTheLastByte(String protocol) throws IOException {
		TlsEnds ends = established(protocol);
		WriteQueue queue = new WriteQueue(new OutputBuffers(EventLoop.BUFFER_SIZE));
		queue.add(HELLO, new byte[0], null);
		ends.wire.room(10);
		assertThat(queue.flush(ends.transport)).isEqualTo(WriteQueue.Outcome.BLOCKED);
		ends.wire.room(Integer.MAX_VALUE);
		ends.run();
		assertThat(queue.flush(ends.transport)).isEqualTo(WriteQueue.Outcome.DRAINED);
		assertThat(ends.client.received()).isEqualTo(HELLO);
	}

	// RFC 5246 7.2.1: "discarding any pending writes"
	@Test
	void inTls12WhatIsWrittenAfterTheClientsCloseNotifyIsDiscardedWithoutAFailure() throws SSLException {
		TlsEnds ends = established(TLS_1_2);
		ends.wire.arrive(ends.client.closeNotify());
		ends.run();
		assertThat(ends.isEnded()).isTrue();
		ends.write(HELLO);
		assertThat(ends.isWritten()).isTrue();
		assertThat(ends.failure()).isNull();
		shutDownAfterTheClient(ends);
	}

	@Test
	void inTls13WhatIsWrittenAfterTheClientsCloseNotifyArrives() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		ends.wire.arrive(ends.client.closeNotify());
		ends.run();
		assertThat(ends.isEnded()).isTrue();
		ends.write(HELLO);
		ends.run();
		assertThat(ends.client.received()).isEqualTo(HELLO);
		shutDownAfterTheClient(ends);
	}

	@ParameterizedTest
	@MethodSource("chops")
	void badRecordIsAnsweredWithAnAlertAfterTheDataBeforeItWasTaken(String protocol, int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, chop).establish();
		ends.send(HELLO);
		byte[] bad = ends.client.wrap(HELLO);
		bad[bad.length - 1] ^= 1;
		ends.wire.arrive(bad);
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
		assertThat(ends.failure()).isInstanceOf(SSLException.class);
		if (chop == WHOLE) {
			assertThat(ends.client.failure()).hasMessageContaining("alert");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void badHelloIsAnsweredWithAnAlert(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		byte[] hello = ends.client.beginHandshake();
		hello[5] = 99;
		ends.wire.arrive(hello);
		ends.run();
		assertThat(ends.failure()).isInstanceOf(SSLException.class);
		assertThat(ends.client.failure()).hasMessageContaining("alert");
	}

	@Test
	void clientThatAsksForAnotherVersionIsToldSo() throws SSLException {
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, WHOLE);
		ends.client.engine().setEnabledProtocols(new String[] { TLS_1_2 });
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		assertThat(ends.failure()).isInstanceOf(SSLException.class);
		assertThat(ends.client.failure()).hasMessageContaining("protocol_version");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "G", "POST / HTTP/1.1\r\n\r\n" })
	void plainHttpIsCalledByItsName(String request) throws SSLException {
		for (int chop : new int[] { 1, 2, WHOLE }) {
			TlsEnds ends = new TlsEnds(TLS_1_3, SEED, chop);
			ends.wire.arrive(request.getBytes(UTF_8));
			ends.run();
			assertThat(ends.failure()).isInstanceOf(SSLException.class)
				.hasMessageContaining("plain text")
				.hasMessageContaining("wss://");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 100, WHOLE })
	void upTo16RecordsInARowMayCarryNoData(int chop) throws SSLException {
		for (String protocol : List.of(TLS_1_2, TLS_1_3)) {
			TlsEnds ends = new TlsEnds(protocol, SEED, chop, TlsTransportTests::takeOneByteForNone).establish();
			for (int round = 0; round < 3; round++) {
				sendEmptyRecords(ends, 16);
				ends.send(HELLO);
				ends.run();
			}
			assertThat(ends.failure()).isNull();
			assertThat(ends.received()).hasSize(3 * HELLO.length);
			sendEmptyRecords(ends, 17);
			ends.run();
			assertThat(ends.failure()).isInstanceOf(SSLException.class).hasMessageContaining("16 TLS records");
		}
	}

	private static void sendEmptyRecords(TlsEnds ends, int count) throws SSLException {
		for (int i = 0; i < count; i++) {
			ends.send(new byte[1]);
		}
	}

	/** The JDK accepts records without data, but cannot send them. */
	private static SSLEngine takeOneByteForNone(SSLEngine engine) {
		return new WatchedEngine(engine, () -> true) {
			@Override
			public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
					throws SSLException {
				SSLEngineResult result = super.unwrap(source, targets, offset, length);
				if (result.bytesProduced() != 1) {
					return result;
				}
				targets[offset].position(targets[offset].position() - 1);
				return new SSLEngineResult(result.getStatus(), result.getHandshakeStatus(), result.bytesConsumed(), 0);
			}
		};
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, WHOLE })
	void moreThan16KeyUpdatesInARowAreCut(int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, chop).establish();
		for (int i = 0; i < 16; i++) {
			ends.wire.arrive(ends.client.beginHandshake());
			ends.run();
		}
		assertThat(ends.failure()).isNull();
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		assertThat(ends.failure()).isInstanceOf(SSLException.class).hasMessageContaining("16 TLS records");
		assertThat(ends.wire.isClosed()).isTrue();
	}

	@Test
	void keyUpdatesBetweenDataAreNoFlood() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		for (int i = 0; i < 100; i++) {
			ends.wire.arrive(ends.client.beginHandshake());
			ends.send(HELLO);
			ends.write(HELLO);
			ends.run();
		}
		assertThat(ends.failure()).isNull();
		assertThat(ends.received()).hasSize(100 * HELLO.length);
		assertThat(ends.client.received()).hasSize(100 * HELLO.length);
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void nothingIsReadWhileOutputIsBlocked(String protocol) throws SSLException {
		TlsEnds ends = established(protocol);
		ends.wire.room(10);
		ends.write(random(1_000_000));
		assertThat(ends.wire.wantsRead()).isFalse();
		ends.send(random(100_000));
		int waiting = ends.wire.waiting();
		ends.transport.onReadable();
		ends.run();
		assertThat(ends.wire.waiting()).isEqualTo(waiting);
		assertThat(ends.received()).isEmpty();
		ends.wire.room(Integer.MAX_VALUE);
		ends.run();
		assertThat(ends.received()).hasSize(100_000);
		assertThat(ends.client.received()).hasSize(1_000_000);
	}

	@Test
	void answersToKeyUpdatesDoNotPileUp() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		ends.wire.room(0);
		for (int i = 0; i < 1_000; i++) {
			ends.wire.arrive(ends.client.beginHandshake());
		}
		int calls = ends.engine.calls();
		ends.run();
		assertThat(ends.engine.calls() - calls).isLessThan(8);
		assertThat(ends.failure()).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100, WHOLE })
	void renegotiationIsCut(int chop) throws SSLException {
		TlsEnds ends = new TlsEnds(TLS_1_2, SEED, chop).establish();
		ends.send(HELLO);
		ends.run();
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		assertThat(ends.received()).isEqualTo(HELLO);
		assertThat(ends.failure()).isInstanceOf(SSLException.class).hasMessageContaining("renegotiation");
		assertThat(ends.tasks).isEmpty();
		assertThat(ends.wire.isClosed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void whileTasksRunTheWireIsLeftAlone(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		ends.holdTasks(true);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.write(HELLO);
		assertThat(ends.run()).isLessThan(5);
		assertThat(ends.tasks).hasSize(1);
		assertThat(ends.wire.wantsRead()).isFalse();
		assertThat(ends.wire.wantsWrite()).isFalse();
		int reads = ends.wire.reads();
		ends.transport.onReadable();
		ends.transport.onWritable();
		ends.reading(true);
		assertThat(ends.wire.reads()).isEqualTo(reads);
		assertThat(ends.wire.wantsRead()).isFalse();
		ends.holdTasks(false);
		ends.run();
		assertThat(ends.client.isEstablished()).isTrue();
		assertThat(ends.client.received()).isEqualTo(HELLO);
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void resultOfTasksComesBackOnTheLoop(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		ends.holdTasks(true);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		ends.tasks.remove().run();
		assertThat(ends.transport).asString().contains("WORKING");
		assertThat(ends.loop).hasSize(1);
		ends.holdTasks(false);
		ends.run();
		assertThat(ends.client.isEstablished()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void readerThatPausesWhileTasksRunMissesNothing(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		ends.holdTasks(true);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		ends.reading(false);
		ends.holdTasks(false);
		ends.run();
		assertThat(ends.client.isEstablished()).isFalse();
		ends.reading(true);
		ends.run();
		assertThat(ends.client.isEstablished()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void peerThatVanishesWhileTasksRunIsFoundOutAfterwards(String protocol) throws SSLException {
		for (boolean reset : new boolean[] { true, false }) {
			TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
			ends.holdTasks(true);
			ends.wire.arrive(ends.client.beginHandshake());
			ends.run();
			if (reset) {
				ends.wire.reset();
			}
			else {
				ends.wire.end();
			}
			assertThat(ends.run()).isZero();
			ends.holdTasks(false);
			ends.run();
			assertThat(ends.failure() != null).isEqualTo(reset);
			assertThat(ends.isEnded()).isEqualTo(!reset);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void closeWhileTasksRunLeavesTheEngineAlone(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		ends.holdTasks(true);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		int calls = ends.engine.calls();
		ends.transport.close();
		assertThat(ends.wire.isClosed()).isTrue();
		ends.holdTasks(false);
		ends.run();
		assertThat(ends.engine.calls()).isEqualTo(calls);
		assertThat(ends.loop).isEmpty();
		assertThat(ends.failure()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void shutdownWhileTasksRunEndsTheWireAndLeavesTheEngineAlone(String protocol) throws SSLException {
		TlsEnds ends = new TlsEnds(protocol, SEED, WHOLE);
		ends.holdTasks(true);
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		int calls = ends.engine.calls();
		shutdownOutput(ends);
		assertThat(ends.wire.isServerEnded()).isTrue();
		ends.holdTasks(false);
		ends.run();
		assertThat(ends.engine.calls()).isEqualTo(calls);
		ends.wire.end();
		ends.run();
		assertThat(ends.failure()).isNull();
	}

	@Test
	void taskThatFailsEndsTheHandshake() throws SSLException {
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, WHOLE, (engine) -> new WatchedEngine(engine, () -> true) {
			@Override
			public Runnable getDelegatedTask() {
				throw new StackOverflowError("too deep");
			}
		});
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		assertThat(ends.failure()).isInstanceOf(SSLException.class).hasMessageContaining("too deep");
	}

	@Test
	void handshakeEndsWhenItsTasksAreRejected() throws IOException {
		SSLContext context = TestCertificates.server().context(TestCertificates.client());
		SSLEngine engine = context.createSSLEngine();
		engine.setUseClientMode(false);
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, WHOLE);
		TlsTransport transport = new TlsTransport(new Tls(() -> engine, (task) -> {
			throw new RejectedExecutionException("stopped");
		}), new TlsBuffers(), ends.loop::add, ends);
		transport.attach(ends.wire);
		ends.wire.arrive(ends.client.beginHandshake());
		assertThatExceptionOfType(SSLException.class)
			.isThrownBy(() -> transport.read(ByteBuffer.allocate(EventLoop.BUFFER_SIZE)))
			.withCauseInstanceOf(RejectedExecutionException.class);
	}

	@Test
	void engineThatNeverGetsAnywhereIsNotAskedForEver() throws SSLException {
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, WHOLE, (engine) -> new WatchedEngine(engine, () -> true) {
			@Override
			public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) {
				return new SSLEngineResult(SSLEngineResult.Status.OK, HandshakeStatus.NEED_WRAP, 0, 0);
			}
		});
		ends.wire.arrive(ends.client.beginHandshake());
		ends.run();
		assertThat(ends.engine.calls()).isLessThan(16);
		assertThat(ends.client.isEstablished()).isFalse();
	}

	@Test
	void engineThatTakesNoDataIsNotAskedForEver() throws SSLException {
		boolean[] stuck = new boolean[1];
		TlsEnds ends = new TlsEnds(TLS_1_3, SEED, WHOLE, (engine) -> new WatchedEngine(engine, () -> true) {
			@Override
			public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
					throws SSLException {
				return stuck[0] ? new SSLEngineResult(SSLEngineResult.Status.OK, HandshakeStatus.NOT_HANDSHAKING, 0, 0)
						: super.wrap(sources, offset, length, target);
			}
		}).establish();
		stuck[0] = true;
		ends.write(HELLO);
		assertThat(ends.failure()).isInstanceOf(SSLException.class).hasMessageContaining("takes no data");
	}

	@ParameterizedTest
	@ValueSource(strings = { TLS_1_2, TLS_1_3 })
	void smallTargetGetsAllRecordsOneAfterTheOther(String protocol) throws IOException {
		TlsEnds ends = established(protocol);
		byte[] data = random(60_000);
		ends.reading(false);
		ends.send(data);
		ByteBuffer target = ByteBuffer.allocate(20_000);
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		// the wire may give less than a record at a time
		for (int turns = 0; turns < 1_000 && received.size() < data.length; turns++) {
			received.write(target.array(), 0, ends.transport.read(target.clear()));
		}
		assertThat(received.toByteArray()).isEqualTo(data);
	}

	@Test
	void targetWithoutRoomForARecordIsAMistakeOfOurs() throws SSLException {
		TlsEnds ends = established(TLS_1_3);
		ends.reading(false);
		ends.send(random(2_000));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> {
			for (int turns = 0; turns < 1_000; turns++) {
				ends.transport.read(ByteBuffer.allocate(100));
			}
		});
	}

	@Test
	void connectionsOfALoopDoNotDisturbEachOtherInTheirBuffers() throws SSLException {
		Random random = new Random(SEED);
		List<TlsEnds> all = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			all.add(new TlsEnds((i % 2 == 0) ? TLS_1_2 : TLS_1_3, SEED + i, 1 + random.nextInt(2_000)).establish());
		}
		for (int round = 0; round < 50; round++) {
			TlsEnds ends = all.get(random.nextInt(all.size()));
			int before = ends.received().length;
			byte[] data = new byte[random.nextInt(5_000)];
			random.nextBytes(data);
			ends.send(data);
			ends.run();
			assertThat(ends.received()).as("seed %d", SEED).hasSize(before + data.length).endsWith(data);
		}
	}

}
