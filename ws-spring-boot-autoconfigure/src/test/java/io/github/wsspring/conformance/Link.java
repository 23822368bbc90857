package io.github.wsspring.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * One open connection to the server: a thread of its own reads, so that writing never
 * waits for a server that wants to write.
 */
final class Link implements AutoCloseable {

	private static final int HANDSHAKE_MILLIS = 5000;

	private static final int JOINED = 64 * 1024;

	/** How long a write of its own keeps away from the next. */
	private static final long GAP_NANOS = 10_000;

	private final Socket socket;

	private final OutputStream out;

	private final BlockingQueue<Inbound> inbox = new LinkedBlockingQueue<>();

	private final @Nullable DeflateAgreement agreement;

	private boolean broken;

	private Link(Socket socket, @Nullable DeflateAgreement agreement) throws IOException {
		this.socket = socket;
		this.out = socket.getOutputStream();
		this.agreement = agreement;
	}

	/**
	 * Connects and does the handshake.
	 * @param server who to connect to
	 * @param offers what to offer
	 * @return the open connection
	 * @throws Violation if the handshake fails by its content
	 * @throws IOException if it fails otherwise, also if it takes more than 5 s
	 */
	static Link open(EchoServer server, List<DeflateOffer> offers) throws Violation, IOException {
		Socket socket = server.sockets().createSocket(InetAddress.getByName("127.0.0.1"), server.port());
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(HANDSHAKE_MILLIS);
			Handshake handshake = new Handshake(offers);
			socket.getOutputStream().write(handshake.request(server.port(), server.path()));
			socket.getOutputStream().flush();
			InputStream in = new BufferedInputStream(socket.getInputStream(), JOINED);
			Link link = new Link(socket, handshake.answer(in));
			socket.setSoTimeout(0);
			Thread reader = new Thread(() -> link.receive(in), "conformance-reader");
			reader.setDaemon(true);
			reader.start();
			return link;
		}
		catch (Violation | IOException ex) {
			socket.close();
			throw ex;
		}
	}

	@Nullable DeflateAgreement agreement() {
		return this.agreement;
	}

	/**
	 * Sends frames; if the connection is broken nothing happens, for the reader says so.
	 * @param frames the frames
	 * @param chop how to cut them
	 */
	void send(List<Frame> frames, Chop chop) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (Frame frame : frames) {
			joined.writeBytes(frame.masked());
			if (chop.equals(Chop.FRAME_WISE) || chop.equals(Chop.DEFAULT) && joined.size() >= JOINED) {
				send(joined.toByteArray());
				joined.reset();
				if (chop.equals(Chop.FRAME_WISE)) {
					LockSupport.parkNanos(GAP_NANOS);
				}
			}
		}
		sendChopped(joined.toByteArray(), (chop.size() > 0) ? chop.size() : Math.max(1, joined.size()));
	}

	private void sendChopped(byte[] octets, int size) {
		for (int from = 0; from < octets.length; from += size) {
			send(octets, from, Math.min(size, octets.length - from));
			if (size < octets.length) {
				LockSupport.parkNanos(GAP_NANOS);
			}
		}
	}

	/**
	 * Sends octets in one write.
	 * @param octets what to send
	 */
	void send(byte[] octets) {
		send(octets, 0, octets.length);
	}

	private void send(byte[] octets, int from, int length) {
		if (this.broken) {
			return;
		}
		try {
			this.out.write(octets, from, length);
			this.out.flush();
		}
		catch (IOException ex) {
			this.broken = true;
		}
	}

	/**
	 * Waits for what comes next.
	 * @param nanos how long, less than 1 for not at all
	 * @return what has come, {@code null} if nothing has
	 * @throws InterruptedException if the thread is interrupted
	 */
	@Nullable Inbound next(long nanos) throws InterruptedException {
		return this.inbox.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
	}

	private void receive(InputStream in) {
		FrameReader frames = new FrameReader(in, false, (this.agreement != null) ? Frame.RSV1 : 0);
		MessageReader messages = new MessageReader((this.agreement != null) ? this.agreement.serverInflate() : null);
		try {
			try {
				while (true) {
					messages.take(frames.read()).ifPresent(this.inbox::add);
				}
			}
			catch (Violation ex) {
				this.inbox.add(new Inbound.Violated(ex.closeCode(), String.valueOf(ex.getMessage())));
				in.transferTo(OutputStream.nullOutputStream());
				this.inbox.add(new Inbound.Ended(false));
			}
		}
		catch (EOFException ex) {
			this.inbox.add(new Inbound.Ended(false));
		}
		catch (IOException ex) {
			this.inbox.add(new Inbound.Ended(true));
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// it is gone in any event
		}
	}

}
