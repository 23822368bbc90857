package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import org.xnio.Pooled;

/**
 * Undertow's own WebSocket API, without the servlet container.
 */
final class UndertowServer {

	private UndertowServer() {
	}

	/**
	 * Serves on a free port.
	 * @param arguments none
	 * @throws IOException if nobody can ask
	 */
	public static void main(String[] arguments) throws IOException {
		Set<WebSocketChannel> fanOut = ConcurrentHashMap.newKeySet();
		WebSocketConnectionCallback echo = (exchange, channel) -> {
			channel.getReceiveSetter().set(new Echo());
			channel.resumeReceives();
		};
		WebSocketConnectionCallback toAll = (exchange, channel) -> {
			fanOut.add(channel);
			channel.addCloseTask(fanOut::remove);
			channel.getReceiveSetter().set(new FanOut(fanOut));
			channel.resumeReceives();
		};
		Undertow server = Undertow.builder()
			.addHttpListener(0, "127.0.0.1")
			.setHandler(Handlers.path()
				.addExactPath("/echo", Handlers.websocket(echo))
				.addExactPath("/fanout", Handlers.websocket(toAll)))
			.build();
		server.start();
		Answers.serve(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
	}

	private static class Echo extends AbstractReceiveListener {

		@Override
		protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
			WebSockets.sendText(message.getData(), channel, null);
		}

		@Override
		@SuppressWarnings("deprecation")
		protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) throws IOException {
			Pooled<ByteBuffer[]> data = message.getData();
			try {
				answer(channel, WebSockets.mergeBuffers(data.getResource()));
			}
			finally {
				data.free();
			}
		}

		void answer(WebSocketChannel channel, ByteBuffer data) {
			WebSockets.sendBinary(data, channel, null);
		}

	}

	private static final class FanOut extends Echo {

		private final Set<WebSocketChannel> all;

		FanOut(Set<WebSocketChannel> all) {
			this.all = all;
		}

		@Override
		void answer(WebSocketChannel channel, ByteBuffer data) {
			for (WebSocketChannel receiver : this.all) {
				WebSockets.sendBinary(data.duplicate(), receiver, null);
			}
		}

	}

}
