package io.github.wsspring.endpoint;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

import io.github.wsspring.server.MessageStream;

/**
 * Reads the characters of a text message while it arrives. The engine has checked the
 * bytes; a character that is cut waits for its rest.
 */
final class MessageReader extends Reader {

	private final MessageStream message;

	private final InputStreamReader characters;

	MessageReader(MessageStream message) {
		this.message = message;
		this.characters = new InputStreamReader(message, StandardCharsets.UTF_8);
	}

	@Override
	public int read() throws IOException {
		checkReadable();
		return this.characters.read();
	}

	@Override
	public int read(char[] target, int offset, int length) throws IOException {
		checkReadable();
		return this.characters.read(target, offset, length);
	}

	/** Characters that were decoded in advance must not outlive their message. */
	private void checkReadable() throws IOException {
		this.message.available();
	}

	/** Without the monitor that would hold a virtual thread's carrier. */
	@Override
	public long skip(long count) throws IOException {
		if (count < 0) {
			throw new IllegalArgumentException("Cannot skip " + count + " characters");
		}
		char[] skipped = new char[(int) Math.min(count, 1024)];
		long left = count;
		while (left > 0) {
			int length = read(skipped, 0, (int) Math.min(left, skipped.length));
			if (length < 0) {
				break;
			}
			left -= length;
		}
		return count - left;
	}

	@Override
	public boolean ready() throws IOException {
		checkReadable();
		return this.characters.ready();
	}

	/** Not that of the characters: it may be waiting for the rest of the message. */
	@Override
	public void close() {
		this.message.close();
	}

	@Override
	public String toString() {
		return this.message.toString();
	}

}
