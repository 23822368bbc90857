package io.github.wsspring.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that reads only when it is told to.
 */
final class RawClient implements AutoCloseable {

	private final Socket socket = new Socket();

	RawClient(int port) throws IOException {
		this.socket.setReceiveBufferSize(16 * 1024);
		this.socket.setSoTimeout(10_000);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.socket.getOutputStream()
			.write(("GET /test HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(readHead()).startsWith("HTTP/1.1 101 ");
	}

	private String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			head.append((char) in().read());
		}
		return head.toString();
	}

	private InputStream in() throws IOException {
		return this.socket.getInputStream();
	}

	/** Sends a short text, masked with zeros. */
	void send(String text) throws IOException {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		assertThat(payload.length).isLessThan(126);
		byte[] frame = new byte[6 + payload.length];
		frame[0] = (byte) 0x81;
		frame[1] = (byte) (0x80 | payload.length);
		System.arraycopy(payload, 0, frame, 6, payload.length);
		this.socket.getOutputStream().write(frame);
	}

	/** Reads the next frame and throws it away, if it is large. */
	String read() throws IOException {
		in().read();
		long length = in().read();
		int more = (length == 126) ? 2 : (length == 127) ? 8 : 0;
		length = (more > 0) ? 0 : length;
		for (int i = 0; i < more; i++) {
			length = length << 8 | in().read();
		}
		if (length < 126) {
			return new String(in().readNBytes((int) length), StandardCharsets.UTF_8);
		}
		in().skipNBytes(length);
		return length + " bytes";
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
