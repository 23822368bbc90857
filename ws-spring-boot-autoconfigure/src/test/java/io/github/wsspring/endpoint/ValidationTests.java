package io.github.wsspring.endpoint;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payloads with {@code @Valid} and {@code @Validated}.
 */
class ValidationTests {

	private static final LocalValidatorFactoryBean VALIDATOR = new LocalValidatorFactoryBean();

	@BeforeAll
	static void start() {
		VALIDATOR.afterPropertiesSet();
	}

	@AfterAll
	static void stop() {
		VALIDATOR.close();
	}

	@Test
	void aValidPayloadReachesTheMethod() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"say\",\"text\":\"hi\",\"to\":{\"name\":\"bob\"}}")).containsExactly("hi");
	}

	@Test
	void anInvalidPayloadIsAnsweredWithWhatIsWrong() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"say\",\"id\":3,\"text\":\" \"}")).containsExactly(
				"{\"type\":\"error\",\"id\":3,\"error\":\"invalid\",\"detail\":\"The message is not valid\",\"fields\":[{\"field\":\"text\",\"message\":\"must not be blank\"}]}");
		assertThat(session.closed).isNull();
	}

	@Test
	void nestedMembersHaveTheirPath() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"say\",\"text\":\"hi\",\"to\":{\"name\":\"\"}}")).singleElement()
			.asString()
			.contains("\"fields\":[{\"field\":\"to.name\",\"message\":\"must not be blank\"}]");
	}

	@Test
	void rejectedValuesAreNeverShown() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"password\",\"value\":\"pssst\"}")).singleElement()
			.asString()
			.contains("\"field\":\"value\"")
			.doesNotContain("pssst");
	}

	@Test
	void elementsOfAListAreChecked() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("[{\"name\":\"a\"},{\"name\":\"\"}]")).singleElement()
			.asString()
			.contains("\"fields\":[{\"field\":\"[1].name\",\"message\":\"must not be blank\"}]");
		assertThat(session.ask("[{\"name\":\"a\"}]")).containsExactly("1");
	}

	@Test
	void groupsAreHonoured() throws Exception {
		FakeSession session = connect();
		assertThat(session.ask("{\"type\":\"strict\",\"name\":\"a\"}")).singleElement()
			.asString()
			.contains("size must");
		assertThat(session.ask("{\"type\":\"lax\",\"name\":\"a\"}")).containsExactly("a");
	}

	@Test
	void springsOwnValidatorsWorkToo() throws Exception {
		FakeSession session = Harness.with(options(new WholeMessage()), Own.class).connect("/own");
		assertThat(session.ask("{\"from\":2,\"to\":1}")).containsExactly(
				"{\"type\":\"error\",\"error\":\"invalid\",\"detail\":\"The message is not valid\",\"fields\":[{\"field\":\"\",\"message\":\"ends before it begins\"},{\"field\":\"to\",\"message\":\"is not valid\"}]}");
		assertThat(session.ask("{\"from\":1,\"to\":2}")).containsExactly("ok");
	}

	private static FakeSession connect() throws Exception {
		return Harness.with(options(VALIDATOR), Checked.class).connect("/checked");
	}

	static HandlerOptions options(@Nullable Validator validator) {
		return new HandlerOptions(List.of(), validator, HandlerExtension.NONE, FailurePolicy.DEFAULTS);
	}

	record Person(@NotBlank String name) {

	}

	record Say(@NotBlank String text, @Valid @Nullable Person to) {

	}

	record Password(@Size(min = 8) String value) {

	}

	interface Strict {

	}

	record Grouped(@Size(min = 3, groups = Strict.class) String name) {

	}

	record Range(int from, int to) {

	}

	@WsEndpoint("/checked")
	static class Checked {

		@OnMessage("say")
		String say(@Valid Say in) {
			return in.text();
		}

		@OnMessage("password")
		void password(@Valid Password in) {
		}

		@OnMessage("strict")
		String strict(@Validated(Strict.class) Grouped in) {
			return in.name();
		}

		@OnMessage("lax")
		String lax(@Validated Grouped in) {
			return in.name();
		}

		@OnMessage
		String list(@Valid List<Person> in) {
			return Integer.toString(in.size());
		}

	}

	@WsEndpoint("/own")
	static class Own {

		@OnMessage
		String range(@Validated Range range) {
			return "ok";
		}

	}

	static class WholeMessage implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == Range.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			Range range = (Range) target;
			if (range.to() < range.from()) {
				errors.reject("order", "ends before it begins");
				errors.rejectValue("to", "order");
			}
		}

	}

}
