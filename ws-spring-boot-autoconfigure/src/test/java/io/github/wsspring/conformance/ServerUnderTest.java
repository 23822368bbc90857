package io.github.wsspring.conformance;

import java.util.Map;

import org.opentest4j.TestAbortedException;

/**
 * Says which servers the suite runs against: the one place that knows them.
 */
final class ServerUnderTest {

	private ServerUnderTest() {
	}

	/**
	 * The servers by the name of their variant, such as a kind of execution or transport;
	 * the whole suite runs against each, in the map's order.
	 * @return how to start each server
	 */
	static Map<String, EchoServer.Starter> variants() {
		Integer port = Integer.getInteger("conformance.port");
		if (port == null) {
			throw new TestAbortedException("No echo server: conformance.port is not set");
		}
		return Map.of("port " + port, () -> listeningOn(port));
	}

	private static EchoServer listeningOn(int port) {
		return new EchoServer() {

			@Override
			public int port() {
				return port;
			}

			@Override
			public String path() {
				return System.getProperty("conformance.path", "/");
			}

			@Override
			public void close() {
				// it belongs to whoever started it
			}

		};
	}

}
