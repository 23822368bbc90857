package io.github.wsspring.docs;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.wsspring.autoconfigure.WsAutoConfiguration;
import io.github.wsspring.docs.fixtures.Surroundings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each block of Java and YAML that a reader may copy works.
 */
class DocumentationTests {

	@TempDir
	private Path output;

	@TestFactory
	Stream<DynamicTest> yamlIsBound() throws IOException {
		return blocks("yaml").map((block) -> DynamicTest.dynamicTest(block.toString(),
				() -> assertThat(YamlBlock.faults(block)).isEmpty()));
	}

	@Test
	void javaIsCompiled() throws IOException {
		List<CodeBlock> blocks = blocks("java").toList();
		assertThat(blocks).hasSizeGreaterThan(10);
		JavaBlocks compiled = JavaBlocks.compile(blocks, this.output);
		assertThat(blocks.stream().flatMap((block) -> compiled.faults(block).stream())).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> beansOfBlocksStart() throws IOException {
		List<CodeBlock> blocks = blocks("java").toList();
		JavaBlocks.compile(blocks, this.output);
		return blocks.stream()
			.filter((block) -> !JavaBlocks.isTest(block))
			.map((block) -> DynamicTest.dynamicTest(block.toString(), () -> start(block)));
	}

	/** As an application with the beans of this block alone. */
	private void start(CodeBlock block) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.output.toUri().toURL() })) {
			new ApplicationContextRunner().withClassLoader(loader)
				.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
						ValidationAutoConfiguration.class, WsAutoConfiguration.class))
				.withUserConfiguration(Surroundings.class)
				.withUserConfiguration(beans(block, loader).toArray(Class<?>[]::new))
				.withPropertyValues("ws.server.port=0", "ws.server.address=127.0.0.1", "ws.server.event-loops=1")
				.run((context) -> assertThat(context).as(block.toString()).hasNotFailed());
		}
	}

	@TestFactory
	Stream<DynamicTest> testsOfBlocksSucceed() throws IOException {
		List<CodeBlock> blocks = blocks("java").filter(JavaBlocks::isTest).toList();
		assertThat(blocks).isNotEmpty();
		JavaBlocks.compile(blocks, this.output);
		return blocks.stream().map((block) -> DynamicTest.dynamicTest(block.toString(), () -> test(block)));
	}

	private void test(CodeBlock block) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.output.toUri().toURL() })) {
			for (Class<?> type : types(block, loader)) {
				if (type.getSimpleName().endsWith("Tests")) {
					assertThat(TestBlocks.run(type)).as(type.getName()).isPositive();
				}
			}
		}
	}

	private List<Class<?>> beans(CodeBlock block, ClassLoader loader) throws Exception {
		return types(block, loader).stream()
			.filter((type) -> AnnotatedElementUtils.hasAnnotation(type, Component.class))
			.toList();
	}

	private List<Class<?>> types(CodeBlock block, ClassLoader loader) throws Exception {
		List<Class<?>> types = new ArrayList<>();
		String packageName = JavaBlocks.packageOf(block);
		Path directory = this.output.resolve(packageName.replace('.', '/'));
		assertThat(directory).as(block + " was compiled").exists();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.sorted().toList()) {
				String name = file.getFileName().toString().replace(".class", "");
				types.add(Class.forName(packageName + "." + name, false, loader));
			}
		}
		return types;
	}

	@Test
	void brokenJavaIsFoundWithPageAndLine() throws IOException {
		List<CodeBlock> blocks = CodeBlock.of("page.md", List.of("Types:", "", "```java", "@WsEndpoint(\"/a\")",
				"class A {", "  @OnMessage String a(Strin text) { return text; }", "}", "```", "Statements:", "```java",
				"ws.topic(\"a\").send(\"b\");", "ws.topik(\"a\").send(\"b\");", "```", "A bean:", "```java", "@Bean",
				"TokenStore store() { return 1; }", "```", "What is right:", "```java", "session.close();", "```"));
		JavaBlocks compiled = JavaBlocks.compile(blocks, this.output);
		assertThat(compiled.faults(blocks.get(0))).singleElement()
			.asString()
			.startsWith("page.md:6: cannot find symbol")
			.contains("Strin");
		assertThat(compiled.faults(blocks.get(1))).singleElement()
			.asString()
			.startsWith("page.md:12: cannot find symbol")
			.contains("topik");
		assertThat(compiled.faults(blocks.get(2))).singleElement()
			.asString()
			.startsWith("page.md:17: incompatible types");
		assertThat(compiled.faults(blocks.get(3))).isEmpty();
	}

	@Test
	void brokenYamlIsFoundWithPageAndLine() {
		assertThat(yaml("ws.server.port: 1", "ws:", "  idle-timeout: 5m")).isEmpty();
		assertThat(yaml("other.key: 1")).isEmpty();
		assertThat(yaml("ws.server.prot: 1")).contains("page.md:3: there is no key ws.server.prot");
		assertThat(yaml("ws.endpoints.chat.inbound.max-mesage-size: 1MB")).singleElement()
			.asString()
			.startsWith("page.md:3: ")
			.contains("max-mesage-size");
		assertThat(yaml("ws.auth.tokens:", "  - { tokn: a }")).singleElement().asString().contains("tokn");
		assertThat(yaml("ws.heartbeat.interval: soon")).singleElement().asString().contains("'soon'");
		assertThat(yaml("ws: [")).singleElement().asString().startsWith("page.md:3: ");
	}

	private static List<String> yaml(String... lines) {
		List<String> page = new ArrayList<>(List.of("A page", "```yaml"));
		page.addAll(List.of(lines));
		page.add("```");
		return CodeBlock.of("page.md", page).stream().flatMap((block) -> YamlBlock.faults(block).stream()).toList();
	}

	@Test
	void aBlockWithoutAnEndIsFound() {
		assertThatIllegalArgumentException().isThrownBy(() -> CodeBlock.of("page.md", List.of("", "```java", "x")))
			.withMessage("page.md:2: this block is not closed");
	}

	private static Stream<CodeBlock> blocks(String language) throws IOException {
		List<CodeBlock> blocks = new ArrayList<>();
		for (Path page : Pages.all()) {
			blocks.addAll(CodeBlock.of(Pages.ROOT.relativize(page).toString(), Files.readAllLines(page)));
		}
		return blocks.stream().filter((block) -> block.language().equals(language));
	}

}
