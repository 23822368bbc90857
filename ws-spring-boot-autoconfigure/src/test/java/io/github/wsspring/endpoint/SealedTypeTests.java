package io.github.wsspring.endpoint;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sealed types as payloads.
 */
class SealedTypeTests {

	@Test
	void theTypeChoosesThePermittedClass() throws Exception {
		FakeSession session = Harness.of(Remote.class).connect("/remote");
		assertThat(session.ask("{\"type\":\"go\",\"far\":7}")).containsExactly("Go[far=7]");
		assertThat(session.ask("{\"type\":\"turn-left\"}")).containsExactly("TurnLeft[]");
		assertThat(session.ask("{\"far\":1,\"type\":\"go\",\"id\":1}"))
			.containsExactly("{\"type\":\"reply\",\"id\":1,\"data\":\"Go[far=1]\"}");
	}

	@Test
	void anotherNameCanBeGiven() throws Exception {
		FakeSession session = Harness.of(Remote.class).connect("/remote");
		assertThat(session.ask("{\"type\":\"halt\"}")).containsExactly("Stop[]");
		assertThat(session.ask("{\"type\":\"stop\"}")).singleElement().asString().contains("unknown-type");
	}

	@Test
	void theirTypesAreKnownTypes() throws Exception {
		FakeSession session = Harness.of(Remote.class).connect("/remote");
		assertThat(session.ask("{\"type\":\"fly\"}")).singleElement()
			.asString()
			.contains("known types: go, halt, other, turn-left");
	}

	@Test
	void aTextMethodMayTakeTheRest() throws Exception {
		FakeSession session = Harness.of(RemoteAndText.class).connect("/remote");
		assertThat(session.ask("{\"type\":\"go\",\"far\":7}")).containsExactly("Go[far=7]");
		assertThat(session.ask("fly")).containsExactly("text fly");
	}

	sealed interface Command {

	}

	record Go(int far) implements Command {

	}

	@JsonTypeName("halt")
	record Stop() implements Command {

	}

	sealed interface Turn extends Command {

	}

	record TurnLeft() implements Turn {

	}

	@WsEndpoint("/remote")
	static class Remote {

		@OnMessage
		String command(Command command) {
			return command.toString();
		}

		@OnMessage("other")
		void other() {
		}

	}

	@WsEndpoint("/remote")
	static class RemoteAndText {

		@OnMessage
		String command(Command command) {
			return command.toString();
		}

		@OnMessage
		String text(String text) {
			return "text " + text;
		}

	}

}
