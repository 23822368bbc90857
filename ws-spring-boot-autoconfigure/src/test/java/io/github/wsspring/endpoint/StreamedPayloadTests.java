package io.github.wsspring.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.MessageKinds;
import io.github.wsspring.server.ArrivingMessage;
import io.github.wsspring.server.Endpoint;
import io.github.wsspring.server.IncompleteMessageException;
import io.github.wsspring.server.ServerListener;
import io.github.wsspring.server.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.web.bind.annotation.PathVariable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Payloads that are read as they arrive, without the engine.
 */
class StreamedPayloadTests {

	@Test
	void bytesAreReadAsAnInputStreamAndTextAsAReader() throws Exception {
		FakeSession session = Harness.of(Both.class).connect("/both/a");
		assertThat(session.endpoint().handler().streams()).isEqualTo(new MessageKinds(true, true));
		read(session, complete(false, "12345"));
		read(session, complete(true, "Grüße\nund mehr"));
		assertThat(session.sent).containsExactly("a: 5", "{\"line\":\"Grüße\"}");
	}

	@Test
	void eachKindIsChosenByItself() throws Exception {
		Harness harness = Harness.of(TextOnly.class, BinaryOnly.class, Plain.class);
		FakeSession text = harness.connect("/text");
		assertThat(text.endpoint().handler().streams()).isEqualTo(new MessageKinds(true, false));
		text.binary(1, 2);
		read(text, complete(true, "abc"));
		assertThat(text.sent).containsExactly("2 bytes", "3 characters");
		FakeSession binary = harness.connect("/binary");
		assertThat(binary.endpoint().handler().streams()).isEqualTo(new MessageKinds(false, true));
		binary.text("{\"type\":\"say\",\"line\":\"x\"}");
		read(binary, complete(false, "abc"));
		assertThat(binary.sent).containsExactly("x", "3 bytes");
		assertThat(harness.connect("/plain").endpoint().handler().streams()).isSameAs(MessageKinds.NONE);
	}

	@Test
	void aStageHoldsTheStreamOpen() throws Exception {
		FakeSession session = Harness.of(Later.class).connect("/later");
		ArrivingMessage message = new ArrivingMessage(false).part(new byte[] { 1 });
		CompletionStage<?> stage = session.endpoint().handler().onStream(session, message.stream());
		assertThat(stage).isNotNull();
		CompletableFuture<?> future = Objects.requireNonNull(stage).toCompletableFuture();
		assertThat(future).isNotDone();
		Later.go.complete(null);
		assertThat(future).isCompleted();
		assertThat(session.sent).containsExactly("1");
	}

	@Test
	void theErrorMethodIsToldThatTheRestWillNotCome() throws Exception {
		FakeSession session = Harness.of(Both.class, Lost.class).connect("/both/a");
		ArrivingMessage message = new ArrivingMessage(false);
		message.abort(CloseStatus.TOO_BIG);
		read(session, message);
		assertThat(session.sent).containsExactly("lost: 1009");
	}

	@Test
	void withoutAnErrorMethodItIsForTheEngineWhateverThePolicy() throws Exception {
		boolean[] reported = new boolean[1];
		FailurePolicy policy = new FailurePolicy(UnknownType.ERROR, OnFailure.REPLY, (session, fault) -> {
		}, new ServerListener() {

			@Override
			public void handlerFailed(Endpoint endpoint, @Nullable Session session, Throwable failure) {
				reported[0] = true;
			}

		});
		Harness harness = Harness.with(new HandlerOptions(List.of(), null, HandlerExtension.NONE, policy), Both.class);
		FakeSession session = harness.connect("/both/a");
		ArrivingMessage message = new ArrivingMessage(false);
		message.abort(CloseStatus.ABNORMAL);
		assertThatExceptionOfType(IncompleteMessageException.class).isThrownBy(() -> read(session, message))
			.withMessage("The rest of the message will not come: the connection is gone");
		assertThat(session.sent).isEmpty();
		assertThat(reported[0]).isFalse();
	}

	private static void read(FakeSession session, ArrivingMessage message) throws Exception {
		session.endpoint().handler().onStream(session, message.stream());
	}

	private static ArrivingMessage complete(boolean text, String content) {
		return new ArrivingMessage(text).part(content.getBytes(StandardCharsets.UTF_8)).end();
	}

	@WsEndpoint("/both/{name}")
	static class Both {

		@OnMessage
		String store(InputStream in, WsSession session, @PathVariable String name) throws IOException {
			return name + ": " + in.readAllBytes().length;
		}

		@OnMessage
		Line read(Reader text) throws IOException {
			return new Line(new BufferedReader(text).readLine());
		}

	}

	record Line(String line) {

	}

	@WsEndpoint("/text")
	static class TextOnly {

		@OnMessage
		String text(Reader text) throws IOException {
			return text.skip(1000) + " characters";
		}

		@OnMessage
		String binary(byte[] data) {
			return data.length + " bytes";
		}

	}

	@WsEndpoint("/binary")
	static class BinaryOnly {

		@OnMessage("say")
		String say(Line line) {
			return line.line();
		}

		@OnMessage
		String binary(InputStream in) throws IOException {
			return in.readAllBytes().length + " bytes";
		}

	}

	@WsEndpoint("/plain")
	static class Plain {

		@OnMessage
		void text(String text) {
		}

	}

	@WsEndpoint("/later")
	static class Later {

		static CompletableFuture<@Nullable Void> go = new CompletableFuture<>();

		@OnMessage
		CompletionStage<String> read(InputStream in) {
			return go.thenApply((nothing) -> {
				try {
					return String.valueOf(in.read());
				}
				catch (IOException ex) {
					return ex.toString();
				}
			});
		}

	}

	@WsAdvice
	static class Lost {

		@OnError
		String lost(IncompleteMessageException ex) {
			return "lost: " + ex.status().code();
		}

	}

}
