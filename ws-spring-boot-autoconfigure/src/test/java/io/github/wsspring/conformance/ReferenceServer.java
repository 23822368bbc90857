package io.github.wsspring.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An echo server that is right in all cases but for one defect: what the suite itself is
 * tested with.
 */
final class ReferenceServer implements EchoServer {

	private final Defect defect;

	private final ServerSocket listener;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	ReferenceServer(Defect defect) throws IOException {
		this.defect = defect;
		this.listener = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
		start("accept", this::accept);
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, "reference-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				start("session", () -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			new ReferenceSession(socket, this.defect).run();
		}
		catch (IOException ex) {
			// the tester has gone
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	@Override
	public int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
