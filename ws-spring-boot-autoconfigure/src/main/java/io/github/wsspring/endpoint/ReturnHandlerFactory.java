package io.github.wsspring.endpoint;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.wsspring.endpoint.Publishers.Kind;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.PreparedMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Finds out at start-up what becomes of a method's return value.
 */
final class ReturnHandlerFactory {

	/** What can be sent without JSON. */
	private static final Set<Class<?>> PLAIN = Set.of(String.class, byte[].class, ByteBuffer.class,
			PreparedMessage.class, Object.class, void.class, Void.class);

	private final EndpointBean bean;

	private final Set<String> pathVariables;

	private final RequestFacts facts;

	private final MessageCodec codec;

	private final ConfigurableBeanFactory beanFactory;

	ReturnHandlerFactory(EndpointBean bean, Set<String> pathVariables, RequestFacts facts, MessageCodec codec,
			ConfigurableBeanFactory beanFactory) {
		this.bean = bean;
		this.pathVariables = pathVariables;
		this.facts = facts;
		this.codec = codec;
		this.beanFactory = beanFactory;
	}

	/**
	 * Finds the handler for the return values of a method that takes no message.
	 * @throws InvalidEndpointException if nothing can become of them
	 */
	ReturnHandler create(Method method, Phase phase) {
		return create(method, phase, null);
	}

	/**
	 * Finds the handler for the return values of a method.
	 * @param method the method
	 * @param phase when it is called
	 * @param payload the message that it takes, {@code null} if it takes none
	 * @throws InvalidEndpointException if nothing can become of them
	 */
	ReturnHandler create(Method method, Phase phase, @Nullable HandlerParameter payload) {
		Broadcast broadcast = this.bean.annotation(method, Broadcast.class);
		ResolvableType type = ResolvableType.forMethodReturnType(method, this.bean.type());
		if (phase == Phase.CLOSE) {
			checkClose(method, type, broadcast);
		}
		return forType(method, type, broadcast, payload);
	}

	private ReturnHandler forType(Method method, ResolvableType type, @Nullable Broadcast broadcast,
			@Nullable HandlerParameter payload) {
		Class<?> raw = type.toClass();
		Kind kind = Publishers.kindOf(raw);
		if (kind != Kind.PLAIN) {
			ReturnHandler next = forType(method, Publishers.elementType(type), broadcast, payload);
			return (kind == Kind.LATER) ? new ReturnHandler.Later(next) : new ReturnHandler.Many(next);
		}
		if (broadcast != null && (raw == void.class || raw == Void.class || raw == CloseStatus.class
				|| ReturnHandler.isProblem(raw))) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name() + "' has @Broadcast, but returns "
							+ raw.getSimpleName() + ": there is nothing to send.",
					"Return the message to send, or remove @Broadcast.");
		}
		ReturnHandler special = ReturnHandler.forClass(raw);
		if (special != null && raw != WsReply.class) {
			return special;
		}
		if (special != null) {
			checkReply(method, type, broadcast);
			return special;
		}
		boolean typed = broadcast != null && !broadcast.type().isEmpty();
		checkSendable(method, raw, typed);
		ReturnHandler plain = (broadcast != null) ? toTopic(method, broadcast, payload) : ReturnHandler.REPLY;
		return (raw == Object.class) ? new ReturnHandler.Undeclared(plain) : plain;
	}

	private void checkReply(Method method, ResolvableType type, @Nullable Broadcast broadcast) {
		if (broadcast != null) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name()
							+ "' has @Broadcast, but returns WsReply, which says itself where it goes.",
					"Remove @Broadcast and write WsReply.of(...).topic(...), or return the payload itself.");
		}
		checkSendable(method, type.as(WsReply.class).getGeneric().toClass(), false);
	}

	private void checkSendable(Method method, Class<?> payload, boolean typed) {
		if (typed && this.codec.isConverted(payload)) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name() + "' returns "
							+ payload.getSimpleName()
							+ ", which a WsMessageConverter makes a binary message of, but only JSON text has a type.",
					"Remove the type from @Broadcast.");
		}
		if (!this.codec.hasJson() && (typed || !PLAIN.contains(payload)) && !this.codec.isConverted(payload)) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name()
							+ "' sends JSON, but there is no JSON library.",
					"Add the dependency spring-boot-starter-jackson, or return String or byte[].");
		}
	}

	private ReturnHandler toTopic(Method method, Broadcast broadcast, @Nullable HandlerParameter payload) {
		try {
			String to = this.beanFactory.resolveEmbeddedValue(broadcast.to());
			if (to == null || to.isEmpty()) {
				throw new IllegalArgumentException("is empty");
			}
			BroadcastTopic topic = BroadcastTopic.parse(to, this.pathVariables, this.facts, payload);
			return new ReturnHandler.ToTopic(topic, broadcast.type(), broadcast.exceptSender());
		}
		catch (IllegalArgumentException ex) {
			throw this.bean.invalid(method,
					"@Broadcast(to = \"" + broadcast.to() + "\") on " + this.bean.describe(method) + " in the bean '"
							+ this.bean.name() + "' " + ex.getMessage() + ".",
					"Write the name of a topic, as in @Broadcast(to = \"room:{room}\").");
		}
	}

	private void checkClose(Method method, ResolvableType type, @Nullable Broadcast broadcast) {
		Class<?> raw = type.toClass();
		if (broadcast == null && raw != void.class) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name() + "' returns "
							+ raw.getSimpleName() + ", but after the close nothing can be sent back.",
					"Make it void, or add @Broadcast(to = ...) to tell others.");
		}
		if (Publishers.kindOf(raw) != Kind.PLAIN) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name() + "' returns a "
							+ (CompletionStage.class.isAssignableFrom(raw) ? "CompletionStage" : raw.getSimpleName())
							+ ", but nothing waits after the close.",
					"Return the value itself.");
		}
	}

}
