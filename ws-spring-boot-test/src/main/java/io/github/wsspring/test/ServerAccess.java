package io.github.wsspring.test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.github.wsspring.server.Identity;

import org.springframework.http.HttpHeaders;

/**
 * The way to a server: within the process, or by TCP.
 */
interface ServerAccess {

	/**
	 * Connects.
	 * @param timeout how long that may take
	 * @return a link on which nothing has been said
	 * @throws IOException if there is no server
	 */
	ClientLink open(Duration timeout) throws IOException;

	/** The value of {@code Host}. */
	String host();

	/** The paths of the server's endpoints, as far as they are known. */
	List<String> paths();

	/**
	 * Lets the server know an identity by the headers of an upgrade.
	 * @param identity who the client is
	 * @param headers what the client sends
	 * @throws IllegalStateException if this server cannot be told
	 */
	void introduce(Identity identity, HttpHeaders headers);

	/** A connection was upgraded. */
	void opened(ClientConnection connection, ClientLink link);

	/**
	 * Waits until everything has arrived that the server sends because of what its
	 * clients have sent so far.
	 * @param connection whose inbox is to be complete
	 * @param quietTime how long to wait if nobody can know
	 * @throws AssertionError if handlers are busy for too long
	 */
	void settle(ClientConnection connection, Duration quietTime);

}
