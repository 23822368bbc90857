package io.github.wsspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A connection that was accepted from a listening socket.
 *
 * @param channel the connection
 * @param tls how it is encrypted, {@code null} if it is not
 */
public record IncomingSocket(SocketChannel channel, @Nullable Tls tls) implements Incoming {

	@Override
	public InetSocketAddress remoteAddress() throws IOException {
		return (InetSocketAddress) this.channel.getRemoteAddress();
	}

	@Override
	public Transport open(EventLoop loop, Transport.Readiness readiness) throws IOException {
		assert loop.inLoop();
		this.channel.configureBlocking(false);
		setOption(StandardSocketOptions.TCP_NODELAY);
		if (this.tls == null) {
			return new PlainTransport(this.channel, loop, readiness);
		}
		TlsTransport transport = new TlsTransport(this.tls, loop.tlsBuffers(), loop, readiness);
		transport.attach(new PlainTransport(this.channel, loop, transport));
		return transport;
	}

	private void setOption(SocketOption<Boolean> option) throws IOException {
		if (this.channel.supportedOptions().contains(option)) {
			this.channel.setOption(option, true);
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
