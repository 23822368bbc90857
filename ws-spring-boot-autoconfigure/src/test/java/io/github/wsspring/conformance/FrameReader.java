package io.github.wsspring.conformance;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads frames and checks of each what can be checked without the others.
 */
final class FrameReader {

	private static final int MAX_PAYLOAD = 32 * 1024 * 1024;

	private final DataInputStream in;

	private final boolean fromClient;

	private final int allowedBits;

	/**
	 * Creates a reader.
	 * @param in where the octets come from
	 * @param fromClient whether frames have to be masked; otherwise they must not be
	 * @param allowedBits the reserved bits that may be set on data frames
	 */
	FrameReader(InputStream in, boolean fromClient, int allowedBits) {
		this.in = new DataInputStream(in);
		this.fromClient = fromClient;
		this.allowedBits = allowedBits;
	}

	/**
	 * Reads the next frame.
	 * @return the frame, its payload not masked
	 * @throws Violation if it is not legal
	 * @throws EOFException if the peer has closed its side
	 * @throws IOException if the connection is broken
	 */
	Frame read() throws Violation, IOException {
		int first = this.in.readUnsignedByte();
		boolean fin = (first & 0x80) != 0;
		int rsv = first >> 4 & 7;
		int opcode = first & 15;
		checkFirst(fin, rsv, opcode);
		int second = this.in.readUnsignedByte();
		boolean masked = (second & 0x80) != 0;
		if (masked != this.fromClient) {
			throw Violation.ofProtocol(masked ? "a server's frame is masked" : "a client's frame is not masked");
		}
		int length = length(second & 0x7f);
		if (opcode >= Frame.CLOSE && length > 125) {
			throw Violation.ofProtocol("a control frame of " + length + " octets");
		}
		byte[] key = new byte[4];
		if (masked) {
			this.in.readFully(key);
		}
		byte[] payload = new byte[length];
		this.in.readFully(payload);
		if (masked) {
			for (int i = 0; i < length; i++) {
				payload[i] ^= key[i & 3];
			}
		}
		return new Frame(fin, rsv, opcode, payload);
	}

	private void checkFirst(boolean fin, int rsv, int opcode) throws Violation {
		boolean control = opcode >= Frame.CLOSE;
		if ((rsv & ~(control ? 0 : this.allowedBits)) != 0) {
			throw Violation.ofProtocol("reserved bits " + rsv + " on opcode " + opcode);
		}
		if (opcode > Frame.BINARY && opcode < Frame.CLOSE || opcode > Frame.PONG) {
			throw Violation.ofProtocol("reserved opcode " + opcode);
		}
		if (control && !fin) {
			throw Violation.ofProtocol("a fragmented control frame");
		}
	}

	private int length(int sevenBits) throws Violation, IOException {
		if (sevenBits < 126) {
			return sevenBits;
		}
		long length = (sevenBits == 126) ? this.in.readUnsignedShort() : this.in.readLong();
		if (length < ((sevenBits == 126) ? 126 : 65536)) {
			throw Violation.ofProtocol("length " + length + " is not minimally encoded");
		}
		if (length > MAX_PAYLOAD) {
			throw Violation.ofProtocol("a frame of " + length + " octets");
		}
		return (int) length;
	}

}
