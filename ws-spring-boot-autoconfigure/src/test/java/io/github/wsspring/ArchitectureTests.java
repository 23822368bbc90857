package io.github.wsspring;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the floors of the house apart: {@code autoconfigure} stands on {@code endpoint}
 * and {@code context}, these stand on {@code server}, that on {@code handshake} and
 * {@code transport}, and {@code handshake} on {@code protocol}.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.wsspring.";

	private static final String[] ENGINE = { ROOT + "protocol..", ROOT + "transport..", ROOT + "handshake..",
			ROOT + "server.." };

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.wsspring");

	@Test
	void protocolKnowsNoOtherFloor() {
		onlyKnows("protocol");
	}

	@Test
	void transportKnowsNoOtherFloor() {
		onlyKnows("transport");
	}

	@Test
	void handshakeKnowsProtocolOnly() {
		onlyKnows("handshake", "protocol");
	}

	@Test
	void serverKnowsTheEngineOnly() {
		onlyKnows("server", "handshake", "protocol", "transport");
	}

	@Test
	void endpointDoesNotKnowItsNeighbourNorWhatIsAbove() {
		doesNotKnow("endpoint", "context", "autoconfigure", "transport");
	}

	@Test
	void contextDoesNotKnowItsNeighbourNorWhatIsAbove() {
		doesNotKnow("context", "endpoint", "autoconfigure", "transport");
	}

	@Test
	void floorsAreFreeOfCycles() {
		slices().matching("io.github.wsspring.(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void engineDoesNotLog() {
		noClasses().that()
			.resideInAnyPackage(ENGINE)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.slf4j..", "org.apache.commons.logging..", "java.util.logging..",
					"ch.qos.logback..")
			.orShould()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.check(CLASSES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "protocol", "transport", "handshake" })
	void floorsWithoutTokensDoNotReadTheWallClock(String floor) {
		check(noClasses().that()
			.resideInAPackage(ROOT + floor + "..")
			.should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(Instant.class, "now", Clock.class)
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class)
			.orShould()
			.dependOnClassesThat()
			.haveFullyQualifiedName("java.util.Date"));
	}

	@Test
	void protocolAndHandshakeHaveNeitherSocketsNorThreads() {
		check(noClasses().that()
			.resideInAnyPackage(ROOT + "protocol..", ROOT + "handshake..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.net.http..", "java.nio.channels..", "javax.net..")
			.orShould()
			.dependOnClassesThat()
			.haveNameMatching("java\\.net\\.(Server)?Socket.*|java\\.lang\\.Thread.*"));
	}

	@Test
	void eachPackageSaysWhatItKnowsAndIsNullMarked() {
		List<String> unmarked = CLASSES.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.filter((javaPackage) -> !javaPackage.isAnnotatedWith(NullMarked.class))
			.map((javaPackage) -> javaPackage.getName())
			.toList();
		assertThat(unmarked).as("packages without a @NullMarked package-info").isEmpty();
	}

	private static void onlyKnows(String floor, String... floorsBelow) {
		String[] known = new String[floorsBelow.length + 4];
		known[0] = ROOT + floor + "..";
		known[1] = "java..";
		known[2] = "javax.net.ssl..";
		known[3] = "org.jspecify..";
		for (int i = 0; i < floorsBelow.length; i++) {
			known[i + 4] = ROOT + floorsBelow[i] + "..";
		}
		check(classes().that()
			.resideInAPackage(ROOT + floor + "..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(known));
	}

	private static void doesNotKnow(String floor, String... others) {
		for (String other : others) {
			check(noClasses().that()
				.resideInAPackage(ROOT + floor + "..")
				.should()
				.dependOnClassesThat()
				.resideInAPackage(ROOT + other + ".."));
		}
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(CLASSES);
	}

}
