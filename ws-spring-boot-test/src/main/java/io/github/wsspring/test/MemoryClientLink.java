package io.github.wsspring.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.wsspring.transport.MemoryChannel;

/**
 * A link to a server in the same process.
 *
 * @param channel the client's end
 */
record MemoryClientLink(MemoryChannel channel) implements ClientLink {

	/** What the server knows this client by. */
	InetSocketAddress address() {
		return this.channel.localAddress();
	}

	@Override
	public int read(ByteBuffer target, Duration timeout) throws IOException {
		return this.channel.read(target, timeout);
	}

	@Override
	public int write(ByteBuffer source, Duration timeout) throws IOException {
		return this.channel.write(source, timeout);
	}

	@Override
	public void close() {
		this.channel.close();
	}

	@Override
	public void reset() {
		this.channel.reset();
	}

}
