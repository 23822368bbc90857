package io.github.wsspring.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java program in a process of its own, asked by lines on its input and answering by
 * lines on its output, as {@link Answers} does. It ends when its input ends, and so when
 * this process ends, however that happens.
 */
final class JavaProcess implements AutoCloseable {

	private static final long MAX_SECONDS = 60;

	private static final String END = "end";

	private final String main;

	private final Process process;

	private final Writer input;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private JavaProcess(String main, Process process) {
		this.main = main;
		this.process = process;
		this.input = process.outputWriter(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a program with the JDK and the class path of this one.
	 * @param main its main class
	 * @param peers whether the other servers' libraries are on its class path
	 * @param options for the JVM
	 * @param arguments for the program
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	static JavaProcess start(Class<?> main, boolean peers, List<String> options, String... arguments)
			throws IOException {
		return start(main.getName(), classPath(peers), options, arguments);
	}

	static JavaProcess start(String main, String classPath, List<String> options, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		JavaProcess started = new JavaProcess(main, process);
		Thread reader = new Thread(started::read, "output of " + main);
		reader.setDaemon(true);
		reader.start();
		return started;
	}

	/**
	 * The class path of this program.
	 * @param peers whether to add the other servers' libraries, which the build puts
	 * beside this program; in its tests they are there already
	 * @return entries for {@code -cp}
	 */
	static String classPath(boolean peers) {
		String ours = System.getProperty("java.class.path");
		Path directory = target().resolve("peers");
		return (peers && Files.isDirectory(directory)) ? ours + File.pathSeparator + directory + File.separator + "*"
				: ours;
	}

	/**
	 * Where the build has put this program and, beside it, its libraries.
	 * @return a directory
	 */
	static Path target() {
		try {
			return Path.of(JavaProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI())
				.resolveSibling("");
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<Path> jars(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			throw new IllegalStateException("There is no " + directory
					+ "; run ./mvnw -q -pl benchmarks -am package -DskipTests before this program");
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.toString().endsWith(".jar")).sorted().toList();
		}
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(Answers.PREFIX)) {
					this.answers.add(line.substring(Answers.PREFIX.length()));
				}
			}
		}
		catch (IOException ex) {
			// the same as the end
		}
		this.answers.add(END);
	}

	/**
	 * The next line that the program says.
	 * @return a number
	 */
	long await() {
		try {
			String answer = this.answers.poll(MAX_SECONDS, TimeUnit.SECONDS);
			if (answer == null || answer.equals(END)) {
				throw new IllegalStateException(
						this.main + ((answer == null) ? " said nothing for " + MAX_SECONDS + " s" : " has ended"));
			}
			return Long.parseLong(answer);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Asks for the next number.
	 * @param question a line
	 * @return the answer
	 */
	long ask(String question) {
		try {
			this.input.write(question + "\n");
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return await();
	}

	long pid() {
		return this.process.pid();
	}

	/** Ends the process. */
	@Override
	public void close() {
		try {
			this.input.close();
			if (this.process.waitFor(5, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (IOException ex) {
			// it has ended already
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
