package io.github.wsspring.test.app;

import io.github.wsspring.test.WsEndpointTest;
import io.github.wsspring.test.empty.EmptyApplication;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What becomes of wrong slices.
 */
class SliceMistakeTests {

	private static ApplicationContext load(Class<?> testClass) {
		return new TestContextManager(testClass).getTestContext().getApplicationContext();
	}

	@Test
	void aClassThatIsNoEndpointIsTold() {
		assertThatIllegalStateException().isThrownBy(() -> load(OfAService.class))
			.withMessageContaining("@WsEndpointTest(RealClerk.class) on " + OfAService.class.getName())
			.withMessageContaining("Annotate it with @WsEndpoint(\"/path\")");
	}

	@Test
	void anEndpointThatIsNotScannedIsTold() {
		assertThatThrownBy(() -> load(OfAnotherApplication.class)).rootCause()
			.hasMessageContaining("names " + Chat.class.getName() + ", which is no bean")
			.hasMessageContaining("@Import(Chat.class)");
	}

	@Test
	void anApplicationWithoutEndpointsIsTold() {
		assertThatThrownBy(() -> load(OfNothing.class)).rootCause()
			.hasMessageContaining("@WsEndpointTest finds no endpoint");
	}

	@Test
	void anEndpointWhoseCollaboratorIsMissingIsTold() {
		assertThatThrownBy(() -> load(WithoutClerk.class)).rootCause().hasMessageContaining(Clerk.class.getName());
	}

	@Test
	void propertiesOfTheTestCount() {
		ApplicationContext context = load(WithPort.class);
		assertThat(context.getEnvironment().getRequiredProperty("local.ws.port", int.class)).isPositive();
	}

	@WsEndpointTest(RealClerk.class)
	static class OfAService {

	}

	@WsEndpointTest(Chat.class)
	@ContextConfiguration(classes = EmptyApplication.class)
	static class OfAnotherApplication {

	}

	@WsEndpointTest
	@ContextConfiguration(classes = EmptyApplication.class)
	static class OfNothing {

	}

	@WsEndpointTest(Desk.class)
	static class WithoutClerk {

	}

	@WsEndpointTest(endpoints = Chat.class, properties = { "ws.server.port=0", "ws.server.address=127.0.0.1" })
	static class WithPort {

	}

}
