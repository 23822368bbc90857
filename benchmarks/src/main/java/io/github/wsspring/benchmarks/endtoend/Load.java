package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/**
 * What one scenario does on the thread of a {@link LoadClient}.
 */
interface Load extends AutoCloseable {

	/**
	 * Begins.
	 * @throws IOException if the server does not go along
	 */
	void begin() throws IOException;

	/**
	 * Goes on with what can go on.
	 * @param key whose channel is ready
	 * @throws IOException if the server does not do what it should
	 */
	void ready(SelectionKey key) throws IOException;

	/**
	 * Begins nothing more.
	 */
	void end();

	/**
	 * Whether something that was begun is not over.
	 * @return {@code false} after the end
	 */
	boolean isBusy();

	@Override
	void close();

}
