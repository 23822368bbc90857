package io.github.wsspring.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.github.wsspring.handshake.HttpField;
import io.github.wsspring.handshake.UpgradeOutcome.Rejected;
import io.github.wsspring.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentTests {

	private static final String ID = "0b1c0e9e-6f5c-4d0a-8a4e-0d6a3e1f2a3b";

	@Test
	void requestValuesAreConvertedInEveryPhase() throws Exception {
		FakeSession session = Harness.of(Values.class)
			.connect("/values/" + ID + "?page=7&tag=a&tag=b", null, new HttpField("X-Trace", "t1"),
					new HttpField("Cookie", "theme=\"dark\"; other=1"));
		String all = ID + " 7 [a, b] t1 dark";
		assertThat(session.sent).containsExactly("open " + all);
		assertThat(session.ask("x")).containsExactly("x " + all);
	}

	@Test
	void aMissingRequiredValueRefusesTheHandshakeByName() throws Exception {
		Harness harness = Harness.of(Values.class);
		assertThat(harness.handshake("/values/" + ID + "?tag=a", null).rejection())
			.isEqualTo(Rejected.of(400, "The query parameter 'page' is missing"));
		assertThat(harness.handshake("/values/" + ID + "?tag=a&page=1", null, new HttpField("Cookie", "theme=x"))
			.rejection()).isEqualTo(Rejected.of(400, "The header 'X-Trace' is missing"));
		assertThat(
				harness.handshake("/values/" + ID + "?tag=a&page=1", null, new HttpField("x-trace", "t")).rejection())
			.isEqualTo(Rejected.of(400, "The cookie 'theme' is missing"));
	}

	@Test
	void aValueThatCannotBeConvertedRefusesTheHandshakeByNameAndType() throws Exception {
		Harness harness = Harness.of(Values.class);
		HttpField trace = new HttpField("X-Trace", "t");
		HttpField theme = new HttpField("Cookie", "theme=x");
		assertThat(harness.handshake("/values/" + ID + "?tag=a&page=seven", null, trace, theme).rejection())
			.isEqualTo(Rejected.of(400, "The query parameter 'page' cannot be read as Integer"));
		assertThat(harness.handshake("/values/7?tag=a&page=7", null, trace, theme).rejection())
			.isEqualTo(Rejected.of(400, "The path variable 'id' cannot be read as UUID"));
	}

	@Test
	void valuesThatAreNotRequiredHaveTheirDefaultOrAreNull() throws Exception {
		FakeSession session = Harness.of(Optionals.class).connect("/optionals");
		assertThat(session.ask("x")).containsExactly("null null Optional.empty 20 null");
		session = Harness.of(Optionals.class).connect("/optionals?a=1&b=2&c=3&size=&e=5");
		assertThat(session.ask("x")).containsExactly("1 2 Optional[3] 20 5");
	}

	@Test
	void queryAndPathAreDecoded() throws Exception {
		FakeSession session = Harness.of(Decoded.class).connect("/decoded/a%20b+c?q=%C3%A4+%2B");
		assertThat(session.ask("x")).containsExactly("a b+c|ä +");
		session = Harness.of(Decoded.class).connect("/decoded/a?q=%zz");
		assertThat(session.ask("x")).containsExactly("a|%zz");
	}

	@Test
	void thePrincipalIsThereOnlyIfAuthenticated() throws Exception {
		Harness harness = Harness.of(Who.class);
		assertThat(harness.connect("/who", "alice").ask("x")).containsExactly("alice");
		assertThat(harness.connect("/who").ask("x")).containsExactly("nobody");
	}

	@Test
	void anAnonymousClientCannotHaveWhatNeedsAPrincipal() throws Exception {
		Harness harness = Harness.of(Members.class);
		FakeSession alice = harness.connect("/members", "alice");
		assertThat(alice.ask("{\"type\":\"needed\"}")).containsExactly("alice");
		assertThat(alice.ask("{\"type\":\"optional\"}")).containsExactly("alice");
		FakeSession nobody = harness.connect("/members");
		assertThat(nobody.ask("{\"type\":\"needed\",\"id\":1}")).containsExactly(
				"{\"type\":\"error\",\"id\":1,\"error\":\"unauthorized\",\"detail\":\"This is for known users only\",\"status\":401,\"title\":\"Unauthorized\"}");
		assertThat(nobody.ask("{\"type\":\"optional\"}")).containsExactly("nobody");
		assertThat(nobody.closed).isNull();
		nobody.endpoint().handler().onClose(nobody, CloseStatus.NORMAL);
		assertThat(harness.bean(Members.class).closed).containsExactly("null");
	}

	@Test
	void anAnonymousClientIsRefusedWhereTheHandshakeNeedsAPrincipal() throws Exception {
		Harness harness = Harness.of(MembersOnly.class);
		assertThat(harness.handshake("/members-only", "alice").rejection()).isNull();
		assertThat(harness.handshake("/members-only", null).rejection())
			.isEqualTo(Rejected.of(401, "This is for known users only").with("WWW-Authenticate", "Bearer"));
	}

	@Test
	void anAnonymousClientIsClosedWhereOpeningNeedsAPrincipal() throws Exception {
		FakeSession session = Harness.of(MembersOpen.class).connect("/members-open");
		assertThat(session.closed).isEqualTo(new CloseStatus(4401, "Unauthorized"));
	}

	@Test
	void sessionAndUriAndRequestAndHeadersAreThere() throws Exception {
		FakeSession session = Harness.of(Request.class).connect("/request?a=b", null, new HttpField("Host", "h"));
		assertThat(session.ask("x")).containsExactly("s1 /request?a=b /request h");
	}

	@Test
	void theRequestIsKeptOnlyIfAMethodAsksForItAfterTheHandshake() throws Exception {
		assertThat(Harness.of(Request.class).connect("/request").ws()).extracting("request").isNotNull();
		assertThat(Harness.of(Who.class).connect("/who").ws()).extracting("request").isNull();
		assertThat(Harness.of(RequestInHandshake.class).connect("/handshake").ws()).extracting("request").isNull();
	}

	@Test
	void anExactPathIsTheEndpointsOwnString() throws Exception {
		Harness harness = Harness.of(Who.class);
		WsSession session = harness.connect(String.join("", "/", "who")).ws();
		assertThat(session).extracting("target").isSameAs(harness.router.endpoints().get(0).path());
	}

	@Test
	void closeStatusAndPongPayloadAreThere() throws Exception {
		Harness harness = Harness.of(Life.class);
		FakeSession session = harness.connect("/life");
		assertThat(session.endpoint().handler().wantsPongs()).isTrue();
		session.endpoint().handler().onPong(session, new byte[] { 7 });
		session.endpoint().handler().onClose(session, CloseStatus.GOING_AWAY);
		assertThat(harness.bean(Life.class).events).containsExactly("open s1", "pong [7]", "close 1001 s1");
	}

	@Test
	void withoutAPongMethodPongsAreNotWanted() throws Exception {
		FakeSession session = Harness.of(Who.class).connect("/who");
		assertThat(session.endpoint().handler().wantsPongs()).isFalse();
	}

	@Test
	void argumentsStandInAnyOrderAndNumber() throws Exception {
		FakeSession session = Harness.of(Many.class).connect("/many/1/2?c=3", "bob");
		assertThat(session.ask("x")).containsExactly("3 s1 2 x bob 1");
	}

	@Test
	void otherAnnotationsDoNotMatter() throws Exception {
		FakeSession session = Harness.of(Marked.class).connect("/marked");
		assertThat(session.ask("x")).containsExactly("x");
	}

	@WsEndpoint("/values/{id}")
	static class Values {

		@OnOpen
		String open(@PathVariable UUID id, @RequestParam int page, @RequestParam("tag") List<String> tags,
				@RequestHeader("X-Trace") String trace, @CookieValue("theme") String theme) {
			return "open " + id + " " + page + " " + tags + " " + trace + " " + theme;
		}

		@OnMessage
		String message(@PathVariable("id") String id, String text, @RequestParam Integer page,
				@RequestParam("tag") String[] tags, @RequestHeader("X-Trace") String trace,
				@CookieValue("theme") String theme) {
			return text + " " + id + " " + page + " " + Arrays.toString(tags) + " " + trace + " " + theme;
		}

	}

	@WsEndpoint("/optionals")
	static class Optionals {

		@OnMessage
		String message(String text, @RequestParam(required = false) @Nullable String a,
				@RequestParam @Nullable String b, @RequestParam Optional<String> c,
				@RequestParam(defaultValue = "${size:20}") int size,
				@RequestParam(required = false) @Nullable Integer e) {
			return a + " " + b + " " + c + " " + size + " " + e;
		}

	}

	@WsEndpoint("/decoded/{name}")
	static class Decoded {

		@OnMessage
		String message(String text, @PathVariable String name, @RequestParam String q) {
			return name + "|" + q;
		}

	}

	@WsEndpoint("/who")
	static class Who {

		@OnMessage
		String who(String text, @Nullable Principal me) {
			return (me != null) ? me.getName() : "nobody";
		}

	}

	@WsEndpoint("/members")
	static class Members {

		private final List<String> closed = new ArrayList<>();

		@OnMessage("needed")
		String needed(Principal me) {
			return me.getName();
		}

		@OnMessage("optional")
		String optional(Optional<Principal> me) {
			return me.map(Principal::getName).orElse("nobody");
		}

		@OnClose
		void close(Principal me) {
			this.closed.add(String.valueOf(me));
		}

	}

	@WsEndpoint("/members-only")
	static class MembersOnly {

		@OnHandshake
		void handshake(Principal me) {
		}

	}

	@WsEndpoint("/members-open")
	static class MembersOpen {

		@OnOpen
		void open(Principal me) {
		}

	}

	@WsEndpoint("/request")
	static class Request {

		@OnMessage
		String all(String text, WsSession session, URI uri, HandshakeRequest request,
				@RequestHeader HttpHeaders headers) {
			return session.id() + " " + uri + " " + request.path() + " " + headers.getFirst("host");
		}

	}

	@WsEndpoint("/handshake")
	static class RequestInHandshake {

		@OnHandshake
		void handshake(HandshakeRequest request, HttpHeaders headers) {
			assertThat(request.headers()).isEqualTo(headers);
		}

	}

	@WsEndpoint("/life")
	static class Life {

		final List<String> events = new ArrayList<>();

		@OnOpen
		void open(WsSession session) {
			this.events.add("open " + session.id());
		}

		@OnPong
		void pong(byte[] payload) {
			this.events.add("pong " + Arrays.toString(payload));
		}

		@OnClose
		void close(CloseStatus status, WsSession session) {
			this.events.add("close " + status.code() + " " + session.id());
		}

	}

	@WsEndpoint("/many/{a}/{b}")
	static class Many {

		@OnMessage
		String many(@RequestParam long c, WsSession session, @PathVariable short b, String text, Principal me,
				@PathVariable byte a) {
			return c + " " + session.id() + " " + b + " " + text + " " + me.getName() + " " + a;
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@java.lang.annotation.Target(ElementType.PARAMETER)
	@interface Marker {

	}

	@WsEndpoint("/marked")
	static class Marked {

		@OnMessage
		String message(@Marker String text) {
			return text;
		}

	}

}
