package io.github.wsspring.endpoint;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class EndpointFloorTests {

	private static final JavaClasses FLOOR = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.wsspring.endpoint");

	@Test
	void onlyWhatIsNamedAfterJacksonNeedsIt() {
		noClasses().that()
			.haveNameNotMatching(".*\\.Jackson(JsonCodec|MessageFormat)(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
			.check(FLOOR);
		noClasses().that()
			.haveNameNotMatching(".*\\.Jackson(JsonCodec|MessageFormat)(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.haveNameMatching(".*\\.JacksonJsonCodec")
			.check(FLOOR);
	}

	@Test
	void onlyItsExtensionNeedsSpringSecurity() {
		noClasses().that()
			.haveNameNotMatching(".*\\.SpringSecurityExtension(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.security..")
			.check(FLOOR);
		noClasses().that()
			.haveNameNotMatching(".*\\.SpringSecurityExtension(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.haveNameMatching(".*\\.SpringSecurityExtension")
			.check(FLOOR);
	}

	@Test
	void onlyWhatAdaptsPublishersNeedsReactiveStreams() {
		noClasses().that()
			.haveNameNotMatching(".*\\.Publishers\\$Reactive")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.reactivestreams..", "reactor..")
			.check(FLOOR);
	}

	@Test
	void nothingNeedsTheServletApiOrBootOrTheValidationApi() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.servlet..", "jakarta.validation..", "org.springframework.boot..")
			.check(FLOOR);
	}

}
