package io.github.wsspring.handshake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.wsspring.handshake.UpgradeOutcome.Accepted;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a browser's upgrade request takes from its bytes to the request, and further
 * to the bytes of the 101.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HttpHeadBenchmark {

	private byte[] head = new byte[0];

	/** Writes the request as Chromium does. */
	@Setup
	public void write() {
		this.head = String.join("\r\n", "GET /rooms/42?lang=en HTTP/1.1", "Host: chat.example.org:8081",
				"Connection: Upgrade", "Pragma: no-cache", "Cache-Control: no-cache",
				"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
				"Upgrade: websocket", "Origin: https://chat.example.org", "Sec-WebSocket-Version: 13",
				"Accept-Encoding: gzip, deflate, br, zstd", "Accept-Language: en-US,en;q=0.9,de;q=0.8",
				"Cookie: JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9; theme=dark",
				"Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==",
				"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", "", "")
			.getBytes(StandardCharsets.ISO_8859_1);
		if (!parse().path().equals("/rooms/42") || Handshake.check(parse()) != null) {
			throw new IllegalStateException("The request is not understood");
		}
	}

	/**
	 * Reads the head.
	 * @return the request
	 */
	@Benchmark
	public UpgradeRequest parse() {
		HttpHeadParser parser = new HttpHeadParser(8 * 1024, 100);
		parser.receive(this.head, 0, this.head.length);
		return Objects.requireNonNull(parser.request());
	}

	/**
	 * Reads the head, checks it and writes the 101.
	 * @return the response
	 */
	@Benchmark
	public byte[] respond() {
		UpgradeRequest request = parse();
		if (Handshake.check(request) != null) {
			throw new IllegalStateException("The request is refused");
		}
		return Handshake.response(new Accepted(Handshake.key(request), null, null, List.of()));
	}

}
