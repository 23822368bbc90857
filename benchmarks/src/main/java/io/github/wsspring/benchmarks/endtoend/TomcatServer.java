package io.github.wsspring.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * Jakarta WebSocket on embedded Tomcat, with its defaults but for the message size.
 */
final class TomcatServer {

	private static final int MAX_MESSAGE = 32 * 1024;

	private TomcatServer() {
	}

	/**
	 * Serves on a free port.
	 * @param arguments none
	 * @throws Exception if it cannot
	 */
	public static void main(String[] arguments) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setSilent(true);
		String directory = Files.createDirectories(JavaProcess.target().resolve("tomcat")).toString();
		tomcat.setBaseDir(directory);
		tomcat.setPort(0);
		tomcat.getConnector().setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
		Context context = tomcat.addContext("", directory);
		context.addServletContainerInitializer(new WsSci(), null);
		context.addServletContainerInitializer(new Endpoints(), null);
		Tomcat.addServlet(context, "default", new DefaultServlet());
		context.addServletMappingDecoded("/", "default");
		tomcat.start();
		Answers.serve(tomcat.getConnector().getLocalPort());
	}

	private static final class Endpoints implements ServletContainerInitializer {

		@Override
		public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
			ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
			container.setDefaultMaxTextMessageBufferSize(MAX_MESSAGE);
			container.setDefaultMaxBinaryMessageBufferSize(MAX_MESSAGE);
			try {
				container.addEndpoint(ServerEndpointConfig.Builder.create(Echo.class, "/echo").build());
				container.addEndpoint(ServerEndpointConfig.Builder.create(FanOut.class, "/fanout").build());
			}
			catch (DeploymentException ex) {
				throw new ServletException(ex);
			}
		}

	}

	/** One instance for each session, made by the container. */
	public static final class Echo extends Endpoint {

		@Override
		public void onOpen(Session session, EndpointConfig config) {
			session.addMessageHandler(String.class, (text) -> {
				try {
					session.getBasicRemote().sendText(text);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			session.addMessageHandler(ByteBuffer.class, (data) -> send(session, data));
		}

	}

	/** One instance for each session, made by the container. */
	public static final class FanOut extends Endpoint {

		private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

		@Override
		public void onOpen(Session session, EndpointConfig config) {
			SESSIONS.add(session);
			MessageHandler.Whole<ByteBuffer> toAll = (data) -> {
				for (Session receiver : SESSIONS) {
					send(receiver, data.duplicate());
				}
			};
			session.addMessageHandler(ByteBuffer.class, toAll);
		}

		@Override
		public void onClose(Session session, CloseReason reason) {
			SESSIONS.remove(session);
		}

	}

	private static void send(Session session, ByteBuffer data) {
		try {
			session.getBasicRemote().sendBinary(data);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
