package io.github.wsspring.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * One session of the reference server, on a thread of its own.
 */
final class ReferenceSession {

	private final Defect defect;

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	/** The opcode of the message that is not complete, -1 for none. */
	private int opcode = -1;

	private boolean compressed;

	private CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private byte[] undecoded = {};

	private @Nullable Inflate inflate;

	private @Nullable Deflate deflate;

	private byte[] pendingPong = {};

	ReferenceSession(Socket socket, Defect defect) throws IOException {
		this.socket = socket;
		this.defect = defect;
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
		this.out = socket.getOutputStream();
	}

	void run() throws IOException {
		ReferenceHandshake handshake = new ReferenceHandshake(this.defect);
		this.out.write(handshake.answer(this.in));
		this.inflate = handshake.inflate();
		this.deflate = handshake.deflate();
		try {
			while (!frame()) {
				flushPong();
			}
		}
		catch (Violation ex) {
			if (this.defect == Defect.HANGS_ON_FAILURE) {
				this.in.transferTo(OutputStream.nullOutputStream());
				return;
			}
			int code = (this.defect == Defect.WRONG_FAILURE_CODE) ? 1003 : ex.closeCode();
			if (this.defect != Defect.NO_CLOSE_FRAME) {
				send(Frame.close(code));
			}
			if (this.defect == Defect.TWO_CLOSES) {
				send(Frame.close(1000));
			}
		}
		finally {
			if (this.deflate != null) {
				this.deflate.close();
			}
		}
		end();
	}

	private void end() throws IOException {
		if (this.defect != Defect.KEEPS_TCP) {
			this.socket.shutdownOutput();
		}
		this.socket.setSoTimeout(5000);
		this.in.transferTo(OutputStream.nullOutputStream());
	}

	/** Reads a frame and does what it asks for; whether it was a Close. */
	private boolean frame() throws IOException, Violation {
		int first = this.in.readUnsignedByte();
		boolean fin = (first & 0x80) != 0;
		int rsv = first >> 4 & 7;
		int code = first & 15;
		checkHead(fin, rsv, code);
		int second = this.in.readUnsignedByte();
		if (second < 0x80) {
			throw Violation.ofProtocol("not masked");
		}
		long length = switch (second & 0x7f) {
			case 126 -> this.in.readUnsignedShort();
			case 127 -> this.in.readLong();
			default -> second & 0x7f;
		};
		if (code >= Frame.CLOSE && length > 125 && this.defect != Defect.ANY_CONTROL_LENGTH || length > 1 << 25) {
			throw Violation.ofProtocol("too long");
		}
		if (code < Frame.CLOSE && code != Frame.CONTINUATION) {
			this.opcode = code;
			this.compressed = (rsv & Frame.RSV1) != 0 && this.inflate != null;
		}
		byte[] payload = payload((int) length, code < Frame.CLOSE, fin);
		if (code < Frame.CLOSE) {
			data(payload, fin);
			return false;
		}
		return control(code, payload);
	}

	private void checkHead(boolean fin, int rsv, int code) throws Violation {
		int allowed = (this.inflate != null && (code == Frame.TEXT || code == Frame.BINARY)) ? Frame.RSV1 : 0;
		if ((rsv & ~allowed) != 0 && this.defect != Defect.ANY_RESERVED_BITS) {
			throw Violation.ofProtocol("reserved bits");
		}
		if ((code > Frame.BINARY && code < Frame.CLOSE || code > Frame.PONG) && this.defect != Defect.ANY_OPCODE) {
			throw Violation.ofProtocol("reserved opcode");
		}
		if (code >= Frame.CLOSE && !fin) {
			throw Violation.ofProtocol("fragmented control frame");
		}
		boolean misplaced = code < Frame.CLOSE && (code == Frame.CONTINUATION) == (this.opcode < 0);
		if (misplaced && this.defect != Defect.ANY_CONTINUATION) {
			throw Violation.ofProtocol("continuation");
		}
	}

	private byte[] payload(int length, boolean data, boolean fin) throws IOException, Violation {
		byte[] key = this.in.readNBytes(4);
		byte[] payload = new byte[length];
		boolean checks = data && this.opcode == Frame.TEXT && !this.compressed && this.defect != Defect.LATE_UTF8
				&& this.defect != Defect.ANY_TEXT;
		for (int from = 0; from < length;) {
			int count = this.in.read(payload, from, length - from);
			if (count < 0) {
				throw new EOFException();
			}
			for (int i = from; i < from + count; i++) {
				payload[i] ^= key[i & 3];
			}
			if (checks) {
				decode(Arrays.copyOfRange(payload, from, from + count), false);
			}
			from += count;
		}
		if (checks && fin) {
			decode(new byte[0], true);
		}
		return payload;
	}

	private void decode(byte[] octets, boolean last) throws Violation {
		ByteBuffer bytes = ByteBuffer.wrap(Hex.join(this.undecoded, octets));
		CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
		CoderResult result = this.decoder.decode(bytes, chars, last);
		if (result.isError()) {
			throw Violation.ofPayload("not UTF-8");
		}
		this.undecoded = Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
		if (last) {
			this.decoder = StandardCharsets.UTF_8.newDecoder();
		}
	}

	private void data(byte[] payload, boolean fin) throws IOException, Violation {
		this.message.writeBytes(payload);
		if (!fin) {
			return;
		}
		byte[] content = this.message.toByteArray();
		if (this.compressed && this.inflate != null) {
			content = this.inflate.message(content);
		}
		if (this.opcode == Frame.TEXT && this.defect != Defect.ANY_TEXT) {
			decode(content, true);
		}
		echo(content);
		this.message.reset();
		this.opcode = -1;
	}

	private void echo(byte[] content) throws IOException {
		if (this.defect == Defect.FORGETS_LEGAL_MESSAGE && this.in.available() > 0) {
			return;
		}
		byte[] echoed = content.clone();
		if (this.defect == Defect.ALTERS_LAST_OCTET && echoed.length > 0) {
			echoed[echoed.length - 1] ^= 1;
		}
		if (this.defect == Defect.CUTS_TEXT && echoed.length > 0) {
			echoed = Arrays.copyOf(echoed, echoed.length - 1);
		}
		int type = (this.defect == Defect.ECHOES_BINARY) ? Frame.BINARY : Math.max(1, this.opcode);
		Frame frame = (this.deflate != null) ? Frame.of(type, this.deflate.message(echoed)).reserved(Frame.RSV1)
				: Frame.of(type, echoed);
		send(frame);
		if (this.defect == Defect.ECHOES_TWICE) {
			send(frame);
		}
	}

	private boolean control(int code, byte[] payload) throws IOException, Violation {
		if (code == Frame.PING) {
			boolean late = this.defect == Defect.PONGS_LATE && this.opcode >= 0;
			this.pendingPong = Hex.join(new byte[] { 1 }, payload);
			if (!late && !(this.defect == Defect.ONE_PONG_FOR_ALL && this.in.available() > 0)) {
				sendPong();
			}
		}
		if (code != Frame.CLOSE) {
			return false;
		}
		if (this.defect == Defect.SILENT_AFTER_CLOSE) {
			this.in.transferTo(OutputStream.nullOutputStream());
			return true;
		}
		if (this.defect == Defect.ECHOES_AFTER_CLOSE) {
			echo(new byte[0]);
		}
		checkClose(payload);
		send((this.defect == Defect.WRONG_CLOSE_CODE) ? Frame.close(1001) : Frame.of(Frame.CLOSE, payload));
		return true;
	}

	private void flushPong() throws IOException {
		if (this.defect == Defect.PONGS_LATE && this.opcode < 0) {
			sendPong();
		}
	}

	private void sendPong() throws IOException {
		if (this.pendingPong.length > 0) {
			send(Frame.of(Frame.PONG, Arrays.copyOfRange(this.pendingPong, 1, this.pendingPong.length)));
			this.pendingPong = new byte[0];
		}
	}

	private void checkClose(byte[] payload) throws Violation {
		if (payload.length == 1) {
			throw Violation.ofProtocol("Close of one octet");
		}
		if (payload.length > 1) {
			int status = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
			if (!MessageReader.mayBeSent(status) && this.defect != Defect.ANY_CLOSE_CODE) {
				throw Violation.ofProtocol("close code");
			}
			this.decoder = StandardCharsets.UTF_8.newDecoder();
			this.undecoded = new byte[0];
			decode(Arrays.copyOfRange(payload, 2, payload.length), true);
		}
	}

	private void send(Frame frame) throws IOException {
		if (this.defect == Defect.MASKS) {
			this.out.write(frame.masked());
			return;
		}
		byte[] octets = frame.unmasked();
		if (this.defect == Defect.LONG_LENGTHS && octets[1] < 126) {
			octets = Hex.join(new byte[] { octets[0], 126, 0 }, Arrays.copyOfRange(octets, 1, octets.length));
		}
		this.out.write(octets);
	}

}
