package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.github.wsspring.benchmarks.Texts;

/**
 * Opens as many connections as it is told to, and does nothing with them.
 */
final class IdleClients {

	private IdleClients() {
	}

	/**
	 * Waits for lines of the form {@code count path}.
	 * @param arguments the server's port
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		int port = Integer.parseInt(arguments[0]);
		List<ClientConnection> open = new ArrayList<>();
		Messages messages = Messages.text(Texts.ASCII, 32);
		Answers.serve(0, (line) -> {
			String[] words = line.split(" ");
			try {
				for (int i = 0; i < Integer.parseInt(words[0]); i++) {
					open.add(ClientConnection.open(port, words[1], messages, 1));
				}
				return open.size();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

}
