package io.github.wsspring.endpoint;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.Splits;
import io.github.wsspring.server.ArrivingMessage;
import io.github.wsspring.server.IncompleteMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(30)
class MessageReaderTests {

	/** One to four bytes for a character, a flag of two, and a combining one. */
	private static final String MIXED = "Grüße, Ελλάδα, мир, 世界, שלום, नमस्ते, 😀🇪🇺 e\u0301 \u0000\uFFFD";

	private final ArrivingMessage message = new ArrivingMessage(true);

	private final MessageReader reader = new MessageReader(this.message.stream());

	@Test
	void charactersMayBeCutAnywhere() {
		byte[] bytes = MIXED.getBytes(StandardCharsets.UTF_8);
		assertThat(Splits.sameForEach(bytes, MessageReaderTests::readAtTheEnd)).isEqualTo(MIXED);
		assertThat(Splits.sameForEach(bytes, MessageReaderTests::readAsItArrives)).isEqualTo(MIXED);
	}

	private static String readAtTheEnd(List<byte[]> pieces) {
		ArrivingMessage message = new ArrivingMessage(true);
		pieces.forEach(message::part);
		message.end();
		try (Reader reader = new MessageReader(message.stream())) {
			StringWriter text = new StringWriter();
			reader.transferTo(text);
			return text.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String readAsItArrives(List<byte[]> pieces) {
		ArrivingMessage message = new ArrivingMessage(true);
		StringBuilder text = new StringBuilder();
		try (Reader reader = new MessageReader(message.stream())) {
			for (byte[] piece : pieces) {
				message.part(piece);
				// all that can be decoded, without waiting for what cannot
				String soFar = new String(concat(pieces, piece), StandardCharsets.UTF_8).replaceAll("\uFFFD$", "");
				while (text.length() < soFar.length()) {
					text.append((char) reader.read());
				}
			}
			message.end();
			for (int character = reader.read(); character >= 0; character = reader.read()) {
				text.append((char) character);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
	}

	/** Up to a piece. */
	private static byte[] concat(List<byte[]> pieces, byte[] last) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (byte[] piece : pieces) {
			bytes.writeBytes(piece);
			if (piece == last) {
				break;
			}
		}
		return bytes.toByteArray();
	}

	@Test
	void linesAreReadAsTheyArrive() throws Exception {
		BufferedReader lines = new BufferedReader(this.reader);
		this.message.part("first\nsec".getBytes(StandardCharsets.UTF_8));
		assertThat(lines.readLine()).isEqualTo("first");
		this.message.part("ond".getBytes(StandardCharsets.UTF_8)).end();
		assertThat(lines.readLine()).isEqualTo("second");
		assertThat(lines.readLine()).isNull();
	}

	@Test
	void charactersCanBeSkipped() throws Exception {
		this.message.part("x".repeat(5000).getBytes(StandardCharsets.UTF_8)).end();
		assertThat(this.reader.skip(4000)).isEqualTo(4000);
		assertThat(this.reader.skip(0)).isZero();
		assertThat(this.reader.skip(4000)).isEqualTo(1000);
		assertThatIllegalArgumentException().isThrownBy(() -> this.reader.skip(-1));
	}

	@Test
	void itTellsWhetherReadingWouldWait() throws Exception {
		assertThat(this.reader.ready()).isFalse();
		this.message.part("ab".getBytes(StandardCharsets.UTF_8));
		assertThat(this.reader.ready()).isTrue();
		assertThat(this.reader.read()).isEqualTo('a');
		assertThat(this.reader.ready()).isTrue();
		assertThat(this.reader.read(new char[5], 1, 4)).isEqualTo(1);
		assertThat(this.reader.ready()).isFalse();
	}

	@Test
	void whatWasDecodedDoesNotOutliveTheMessage() throws Exception {
		this.message.part("abc".getBytes(StandardCharsets.UTF_8)).end();
		assertThat(this.reader.read()).isEqualTo('a');
		this.message.over();
		assertThatIOException().isThrownBy(this.reader::read).withMessageContaining("message is over");
		assertThatIOException().isThrownBy(this.reader::ready).withMessageContaining("message is over");
		assertThatIOException().isThrownBy(() -> this.reader.read(new char[1], 0, 1))
			.withMessageContaining("message is over");
	}

	@Test
	void itTellsThatTheRestWillNotCome() throws Exception {
		this.message.part("abc".getBytes(StandardCharsets.UTF_8));
		assertThat(this.reader.read()).isEqualTo('a');
		this.message.abort(CloseStatus.INVALID_PAYLOAD.withReason("text is not UTF-8"));
		assertThatExceptionOfType(IncompleteMessageException.class).isThrownBy(this.reader::read)
			.withMessageContaining("1007 text is not UTF-8");
	}

	@Test
	void itCanBeClosedAndInterrupted() throws Exception {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(this.reader::read);
		assertThat(Thread.interrupted()).isFalse();
		this.message.part("abc".getBytes(StandardCharsets.UTF_8));
		assertThat(this.reader.read()).isEqualTo('a');
		this.reader.close();
		assertThatIOException().isThrownBy(this.reader::read).withMessage("Stream closed");
		assertThat(this.reader).hasToString("text message, CLOSED, 0 bytes waiting");
	}

}
