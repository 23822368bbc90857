package io.github.wsspring.test.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.endpoint.WsTemplate;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.test.HandshakeRefusedError;
import io.github.wsspring.test.WsEndpointTest;
import io.github.wsspring.test.WsTestClient;
import io.github.wsspring.test.WsTestSession;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;

/**
 * All that a session can expect, and what it says when something else comes.
 */
@WsEndpointTest
@Timeout(60)
class DeskSliceTests {

	@Autowired
	private WsTestClient client;

	@Autowired
	private WsTemplate ws;

	@MockitoBean
	private Clerk clerk;

	private WsTestSession session;

	// the session follows before each test, and the fields by injection
	@SuppressWarnings("NullAway.Init")
	DeskSliceTests() {
	}

	@BeforeEach
	void connect() {
		given(this.clerk.answer(anyString())).willAnswer((call) -> call.getArgument(0));
		this.session = this.client.as("alice").connect("/desk");
	}

	@AfterEach
	void close() {
		this.session.close();
	}

	private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable expectation) {
		return assertThatThrownBy(expectation).isExactlyInstanceOf(AssertionError.class);
	}

	@Test
	void textsAreExpectedInTheirOrder() {
		this.session.send("one").send("two").expect("one").expect("two");
		assertThat(this.session.send("three").expectText()).isEqualTo("three");
	}

	@Test
	void anotherTextIsToldWithWhatCameBefore() {
		this.session.send("one").send("two").expect("one");
		assertFails(() -> this.session.expect("three")).hasMessage("""
				Expected the text "three" from /desk, but there came the text "two"
				Before that came:
				  the text "one\"""");
	}

	@Test
	void nothingInTimeIsToldWithTheTime() {
		try (WsTestSession hasty = this.client.as("bob").timeout(Duration.ofSeconds(1)).connect("/desk")) {
			assertFails(() -> hasty.expect("one")).hasMessage("""
					Expected the text "one" from /desk, but nothing came within 1 s
					Nothing had come before.""");
		}
	}

	@Test
	void theEndIsToldInsteadOfAMessage() {
		this.session.send("close 4001");
		assertFails(() -> this.session.expect("one"))
			.hasMessageContaining("but there came the end, 4001 (as you wish)");
		assertFails(() -> this.session.expect("one"))
			.hasMessageContaining("but the session was closed with 4001 (as you wish)");
		assertFails(() -> this.session.send("more"))
			.hasMessage("Cannot send the text \"more\": the session was closed with 4001 (as you wish)");
	}

	@Test
	void binaryMessagesAreExpectedByTheirBytes() {
		this.session.send(new byte[] { 1, 2 }).send(new byte[] { 3 });
		this.session.expectBinary(new byte[] { 1, 2 });
		assertThat(this.session.expectBinary()).containsExactly(3);
		this.session.send(new byte[] { 7 });
		assertFails(() -> this.session.expectBinary(new byte[] { 8, 9 }))
			.hasMessageContaining("Expected a binary message of 2 bytes (0809)")
			.hasMessageContaining("but there came a binary message of 1 bytes (07)");
		this.session.send("text");
		assertFails(this.session::expectBinary).hasMessageContaining("but there came the text \"text\"");
		this.session.send(new byte[1]);
		assertFails(() -> this.session.expectText()).hasMessageContaining("Expected a text");
	}

	@Test
	void jsonIsReadByTheApplicationsMapper() {
		assertThat(this.session.send(new Point(1, 2)).expect(Point.class)).isEqualTo(new Point(1, 2));
		this.session.send("nothing like it");
		assertFails(() -> this.session.expect(Point.class))
			.hasMessageContaining("Expected JSON for Point from /desk, but there came the text \"nothing like it\", "
					+ "which cannot be read as such: ");
	}

	@Test
	void jsonIsExpectedByItsType() {
		assertThat(this.session.send("point", new Point(1, 2)).expect("point", Point.class)).isEqualTo(new Point(1, 2));
		assertThat(this.session.send("name", "x").expect("name", String.class)).isEqualTo("x");
		this.session.send("line", new Point(1, 2));
		assertFails(() -> this.session.expect("point", Point.class))
			.hasMessageContaining("Expected a message of the type \"point\" for Point from /desk, but there came the "
					+ "text \"{\"type\":\"line\",");
		this.session.send("{}");
		assertFails(() -> this.session.expect("point", Point.class)).hasMessageContaining("there came the text \"{}\"");
	}

	@Test
	void jsonIsComparedLeniently() {
		this.session.send("point", new Point(1, 2)).expectJson("{'type':'point','y':2}");
		this.session.send("point", new Point(1, 2));
		assertFails(() -> this.session.expectJson("{\"y\":3}")).hasMessageContaining("Expected the JSON {\"y\":3}")
			.hasMessageContaining("which differs: y");
		this.session.send("{not");
		assertFails(() -> this.session.expectJson("{}")).hasMessageContaining("is not JSON");
	}

	@Test
	void closeCodesAreExpected() {
		assertThat(this.session.send("close 4001").expectClose(4001).reason()).isEqualTo("as you wish");
		WsTestSession second = this.client.connect("/desk").send("close 4002");
		second.expectClose(new CloseStatus(4002, "as you wish"));
		WsTestSession third = this.client.connect("/desk").send("close 4003");
		assertFails(() -> third.expectClose(1000)).hasMessageContaining(
				"Expected the session to be closed with 1000 from /desk, but there came the end, 4003");
		WsTestSession fourth = this.client.connect("/desk").send("text");
		assertFails(() -> fourth.expectClose(1000)).hasMessageContaining("but there came the text \"text\"");
		fourth.close(new CloseStatus(4004, "bye"));
		fourth.expectClose(4004);
	}

	@Test
	void whoIsDroppedSees1006() {
		this.session.send("drop").expectClose(1006);
	}

	@Test
	void whatATestDropsIsGoneForTheServer() {
		this.session.drop();
		WsTestSession other = this.client.connect("/desk").expectNothing();
		assertThat(this.ws.user("alice").send("anybody there?").accepted()).isZero();
		other.close();
		assertFails(() -> this.session.send("more"))
			.hasMessage("Cannot send the text \"more\": the session was closed by this client");
	}

	@Test
	void pingsAreAnswered() {
		this.session.send("before").ping().expect("before").ping().expectNothing();
	}

	@Test
	void subprotocolAndHeadersAreThoseOfTheAnswer() {
		try (WsTestSession v1 = this.client.subprotocols("v1", "v3").connect("/desk")) {
			assertThat(v1.subprotocol()).isEqualTo("v1");
			assertThat(v1.responseHeaders().getFirst("X-Desk")).isEqualTo("7");
		}
		assertThat(this.session.subprotocol()).isNull();
	}

	@Test
	void refusalsAreExpected() {
		assertThat(this.client.header("X-Unwelcome", "1").expectRefused("/desk", 403).body()).isEqualTo("go away");
		assertThat(this.client.origin("https://example.com").expectRefused("/desk").status()).isEqualTo(403);
		this.client.origin("https://example.org").connect("/desk").close();
		assertThat(this.client.token("nobodys").expectRefused("/desk").headers().getFirst("WWW-Authenticate"))
			.isEqualTo("Bearer");
		assertFails(() -> this.client.expectRefused("/desk"))
			.hasMessage("Expected /desk to be refused, but the session was opened");
		assertFails(() -> this.client.header("X-Unwelcome", "1").expectRefused("/desk", 401))
			.hasMessage("Expected /desk to be refused with 401, but it was with 403 \"go away\"");
	}

	@Test
	void aRefusalNamesWhatToDo() {
		assertThatExceptionOfType(HandshakeRefusedError.class).isThrownBy(() -> this.client.connect("/dask?x=y"))
			.withMessage("The server refused /dask?x=y with 404 \"There is no endpoint here\". "
					+ "The paths of the endpoints are /desk, /rooms/{room}, /vault");
		assertThatExceptionOfType(HandshakeRefusedError.class)
			.isThrownBy(() -> this.client.token("nobodys").connect("/desk"))
			.withMessageContaining("with 401 \"the token is not valid\". Use as(\"name\") or token(\"...\")")
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(401));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.connect("desk"))
			.withMessageContaining("begins with a slash");
	}

	@Test
	void aTestIdentityCountsWhateverTokenIsSent() {
		try (WsTestSession alice = this.client.token("nobodys").as("alice").connect("/desk")) {
			assertThat(this.ws.user("alice").send("both").accepted()).isEqualTo(2);
			alice.expect("both");
			this.session.expect("both");
		}
	}

	@Test
	void advicesAreThere() {
		given(this.clerk.answer("no")).willThrow(new UnsupportedOperationException("not today"));
		this.session.send("no").expect("sorry: not today");
	}

	@Test
	void nothingIsExpectedAfterAllHandlersHaveReturned() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		given(this.clerk.answer("slow")).willAnswer((call) -> {
			called.countDown();
			released.await(30, TimeUnit.SECONDS);
			return "late";
		});
		this.session.send("slow");
		assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> check = CompletableFuture.runAsync(this.session::expectNothing);
		released.countDown();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(check::join)
			.withMessageContaining("Expected nothing from /desk, but there came the text \"late\"");
	}

	@Test
	void nothingIsExpectedAfterTheHandlersOfOtherSessionsHaveReturned() {
		given(this.clerk.answer("tell")).willAnswer((call) -> {
			this.ws.user("alice").send("told");
			return null;
		});
		try (WsTestSession bob = this.client.as("bob").connect("/desk")) {
			for (int i = 0; i < 200; i++) {
				bob.send("tell");
				assertFails(this.session::expectNothing).hasMessageContaining("the text \"told\"");
				bob.expectNothing();
				this.session.expectNothing();
			}
		}
	}

	@Test
	void nothingIsExpectedAfterHandlersHaveHeardOfEnds() {
		given(this.clerk.answer("closed")).willAnswer((call) -> {
			this.ws.user("alice").send("left");
			return null;
		});
		for (int i = 0; i < 50; i++) {
			this.client.connect("/desk").close();
			assertFails(this.session::expectNothing).hasMessageContaining("the text \"left\"");
			this.client.connect("/desk").drop();
			assertFails(this.session::expectNothing).hasMessageContaining("the text \"left\"");
			this.client.connect("/desk").send("close 4001").expectClose(4001);
			assertFails(this.session::expectNothing).hasMessageContaining("the text \"left\"");
		}
	}

	@Test
	void largeAnswersAreWaitedFor() {
		String large = "x".repeat(300_000);
		given(this.clerk.answer("large")).willReturn(large);
		this.session.send("large");
		assertFails(this.session::expectNothing).hasMessageContaining("300000 characters");
	}

	@Test
	void aHandlerThatIsBusyForTooLongIsTold() {
		CountDownLatch released = new CountDownLatch(1);
		given(this.clerk.answer("stuck")).willAnswer((call) -> {
			released.await(30, TimeUnit.SECONDS);
			return null;
		});
		try (WsTestSession hasty = this.client.timeout(Duration.ofSeconds(1)).connect("/desk").send("stuck")) {
			assertFails(hasty::expectNothing).hasMessage(
					"Nobody knows what is still to come: a handler of the endpoint 'desk' has been busy for 1 s");
			released.countDown();
		}
	}

	@Test
	void theEndIsNotNothing() {
		this.session.send("close 4001");
		assertFails(this.session::expectNothing).hasMessageContaining("but there came the end, 4001");
	}

	@Test
	void nothingComesAfterTheEnd() {
		this.session.send("close 4001").expectClose(4001);
		this.session.expectNothing();
	}

	record Point(int x, int y) {

	}

}
