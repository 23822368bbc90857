package io.github.wsspring.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles the Java blocks of the pages.
 * <p>
 * Each block has a package and a file of its own, with {@link #IMPORTS} and the
 * {@code fixtures} package imported. What surrounds it depends on what it is:
 * <ul>
 * <li>a block that declares a class, record or interface at the beginning of a line is
 * taken as it is; if it has tests, they are of an application with the fixtures;</li>
 * <li>a block that begins with {@code @Bean} is inside of a configuration;</li>
 * <li>any other block is inside of a method that has the fixtures' {@code ws} and
 * {@code session} and may throw anything.</li>
 * </ul>
 */
final class JavaBlocks {

	/** What a reader is trusted to import: all that the pages are about. */
	static final List<String> IMPORTS = List.of("io.github.wsspring.context.*", "io.github.wsspring.endpoint.*",
			"io.github.wsspring.docs.fixtures.*", "io.github.wsspring.protocol.CloseStatus",
			"io.github.wsspring.server.*", "io.github.wsspring.test.*", "jakarta.validation.*",
			"jakarta.validation.constraints.*", "java.io.*", "java.net.URI", "java.net.http.*", "java.nio.ByteBuffer",
			"java.security.Principal", "java.time.*", "java.util.*", "java.util.concurrent.*", "java.util.stream.*",
			"org.junit.jupiter.api.*", "org.springframework.beans.factory.annotation.*",
			"org.springframework.boot.test.context.*",
			"org.springframework.boot.test.context.SpringBootTest.WebEnvironment",
			"org.springframework.context.annotation.*", "org.springframework.context.event.*",
			"org.springframework.http.*", "org.springframework.security.access.prepost.*",
			"org.springframework.security.core.*", "org.springframework.security.core.annotation.*",
			"org.springframework.stereotype.*", "org.springframework.test.context.bean.override.mockito.*",
			"org.springframework.web.bind.annotation.*", "org.springframework.web.server.*", "reactor.core.publisher.*",
			"tools.jackson.dataformat.cbor.*", "static org.assertj.core.api.Assertions.*",
			"static org.awaitility.Awaitility.*", "static org.mockito.BDDMockito.given");

	/** The application that tests are of. */
	private static final String APPLICATION = "@org.springframework.boot.autoconfigure.SpringBootApplication("
			+ "scanBasePackageClasses = io.github.wsspring.docs.fixtures.Surroundings.class) class Application {}\n";

	private static final Pattern TYPE = Pattern.compile(
			"^((public|abstract|final|sealed|non-sealed) )*(class|record|interface|enum|@interface) ",
			Pattern.MULTILINE);

	/** The name of the class around a block that is none itself. */
	private static final String HOLDER = "Block";

	private final Path output;

	private final Map<CodeBlock, List<String>> faults = new LinkedHashMap<>();

	private JavaBlocks(Path output) {
		this.output = output;
	}

	/**
	 * Compiles blocks.
	 * @param blocks the blocks
	 * @param output where the class files go
	 */
	static JavaBlocks compile(List<CodeBlock> blocks, Path output) throws IOException {
		JavaBlocks compiled = new JavaBlocks(output);
		List<Source> sources = new ArrayList<>();
		for (CodeBlock block : blocks) {
			sources.add(new Source(block));
		}
		compiled.compile(sources);
		return compiled;
	}

	private void compile(List<Source> sources) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
			files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(this.output));
			List<String> options = List.of("--release", "17", "-proc:none", "-parameters",
					"-Xlint:deprecation,removal");
			compiler.getTask(new StringWriter(), files, this::report, options, null, sources).call();
		}
	}

	private void report(Diagnostic<? extends JavaFileObject> diagnostic) {
		if (diagnostic.getSource() instanceof Source source && diagnostic.getKind() != Diagnostic.Kind.NOTE) {
			long line = source.block.line() + diagnostic.getLineNumber() - 2;
			this.faults.computeIfAbsent(source.block, (block) -> new ArrayList<>())
				.add(source.block.page() + ":" + line + ": " + diagnostic.getMessage(Locale.ROOT));
		}
	}

	/**
	 * What the compiler says about a block.
	 * @return errors and warnings, each with page and line
	 */
	List<String> faults(CodeBlock block) {
		return this.faults.getOrDefault(block, List.of());
	}

	/** The package of the classes of a block. */
	static String packageOf(CodeBlock block) {
		return block.page().replaceAll("[^a-zA-Z]", "_") + ".line" + block.line();
	}

	/** Whether a block has tests. */
	static boolean isTest(CodeBlock block) {
		return block.text().contains("@Test ");
	}

	/**
	 * The block with what surrounds it, all of which is in the first and the last line.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final CodeBlock block;

		Source(CodeBlock block) {
			super(URI.create("string:///" + packageOf(block).replace('.', '/') + "/" + HOLDER + ".java"), Kind.SOURCE);
			this.block = block;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			StringBuilder source = new StringBuilder("package " + packageOf(this.block) + ";");
			IMPORTS.forEach((name) -> source.append(" import ").append(name).append(';'));
			String text = this.block.text();
			if (TYPE.matcher(text).find()) {
				return source.append('\n').append(text).append(isTest(this.block) ? APPLICATION : "");
			}
			if (text.startsWith("@Bean")) {
				return source
					.append(" @org.springframework.context.annotation.Configuration(proxyBeanMethods = false) class "
							+ HOLDER + " {\n")
					.append(text)
					.append("}\n");
			}
			return source
				.append(" class " + HOLDER + " { void block(WsTemplate ws, WsSession session) throws Exception {\n")
				.append(text)
				.append("}}\n");
		}

	}

}
