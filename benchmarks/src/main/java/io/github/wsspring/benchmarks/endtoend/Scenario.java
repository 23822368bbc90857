package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;

import io.github.wsspring.benchmarks.Texts;

/**
 * What the servers have to do.
 */
enum Scenario {

	/** One small message at a time on each connection. */
	SMALL("32 B text, one at a time", 64, 1, Messages.text(Texts.ASCII, 32)),

	/** Small messages in a row. */
	SMALL_16("32 B text, 16 at a time", 64, 16, Messages.text(Texts.ASCII, 32)),

	/** Text of ASCII letters. */
	TEXT_16("1 KiB text, 16 at a time", 64, 16, Messages.text(Texts.ASCII, 1024)),

	/** Text of letters that take one to four bytes. */
	MIXED_16("1 KiB text of mixed scripts, 16 at a time", 64, 16, Messages.text(Texts.MIXED, 1024)),

	/** Larger messages. */
	LARGE("16 KiB binary, one at a time", 64, 1, Messages.binary(16 * 1024)),

	/** One sends, all get it; counted by what is received. */
	FAN_OUT("64 B from one to 1,000", 1000, 1, Messages.binary(64)),

	/** From the connect to the close of the socket; 16 at a time. */
	HANDSHAKE("connect, upgrade, close", 16, 1, Messages.binary(1));

	private final String title;

	private final int connections;

	private final int depth;

	private final Messages messages;

	Scenario(String title, int connections, int depth, Messages messages) {
		this.title = title;
		this.connections = connections;
		this.depth = depth;
		this.messages = messages;
	}

	String title() {
		return this.title;
	}

	boolean isFanOut() {
		return this == FAN_OUT;
	}

	/**
	 * Opens what it takes.
	 * @param client whose connections they are
	 * @param path where they lead
	 * @return the load, which has not begun
	 * @throws IOException if the server does not let them in
	 */
	Load load(LoadClient client, String path) throws IOException {
		if (this == HANDSHAKE) {
			return new HandshakeLoad(client, path, this.connections);
		}
		return new MessageLoad(client, client.open(path, this.connections, this.messages, this.depth),
				isFanOut() ? 1 : this.connections, this.depth);
	}

}
