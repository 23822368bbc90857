package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Netty's own WebSocket handlers on its NIO transport; text goes through a
 * {@code String}, what a read brought is answered with one flush.
 */
final class NettyServer {

	private static final int MAX_MESSAGE = 64 * 1024;

	private NettyServer() {
	}

	/**
	 * Serves on a free port.
	 * @param arguments the file of a {@link Certificate}, or none
	 * @throws Exception if it cannot
	 */
	public static void main(String[] arguments) throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				NioIoHandler.newFactory());
		ChannelGroup fanOut = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		Channel server = new ServerBootstrap().group(group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Initializer(fanOut, tls(arguments)))
			.bind(InetAddress.getLoopbackAddress(), 0)
			.sync()
			.channel();
		Answers.serve(((InetSocketAddress) server.localAddress()).getPort());
	}

	private static @Nullable SslContext tls(String[] arguments) throws IOException, GeneralSecurityException {
		if (arguments.length == 0) {
			return null;
		}
		return SslContextBuilder.forServer(new Certificate(Path.of(arguments[0])).server())
			.sslProvider(SslProvider.JDK)
			.protocols(Certificate.PROTOCOL)
			.ciphers(List.of(Certificate.CIPHER))
			.build();
	}

	private static final class Initializer extends ChannelInitializer<Channel> {

		private final ChannelGroup fanOut;

		private final @Nullable SslContext tls;

		Initializer(ChannelGroup fanOut, @Nullable SslContext tls) {
			this.fanOut = fanOut;
			this.tls = tls;
		}

		@Override
		protected void initChannel(Channel channel) {
			if (this.tls != null) {
				channel.pipeline().addLast(this.tls.newHandler(channel.alloc()));
			}
			channel.pipeline()
				.addLast(new HttpServerCodec(), new HttpObjectAggregator(8 * 1024),
						new WebSocketServerProtocolHandler("/", null, false, MAX_MESSAGE, false, true),
						new WebSocketFrameAggregator(MAX_MESSAGE), new Handler(this.fanOut));
		}

	}

	private static final class Handler extends SimpleChannelInboundHandler<WebSocketFrame> {

		private final ChannelGroup all;

		private boolean fanOut;

		Handler(ChannelGroup all) {
			this.all = all;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
			if (event instanceof HandshakeComplete complete && complete.requestUri().equals("/fanout")) {
				this.fanOut = true;
				this.all.add(context.channel());
			}
			super.userEventTriggered(context, event);
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
			if (this.fanOut) {
				this.all.writeAndFlush(frame.retain());
			}
			else if (frame instanceof TextWebSocketFrame text) {
				context.write(new TextWebSocketFrame(text.text()));
			}
			else {
				context.write(frame.retain());
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			context.flush();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			if (!(cause instanceof IOException)) {
				cause.printStackTrace();
			}
			context.close();
		}

	}

}
