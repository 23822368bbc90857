package io.github.wsspring.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import io.github.wsspring.endpoint.EndpointHandler.Receivers;
import io.github.wsspring.endpoint.HandlerMethodFactory.Signature;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.http.HttpStatusCode;

/**
 * Turns the annotated methods of one bean into a handler for the engine, at start-up.
 */
final class EndpointHandlerFactory {

	/** What makes a method a handler. */
	static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(OnHandshake.class, OnOpen.class,
			OnMessage.class, OnPong.class, OnDrain.class, OnJoin.class, OnLeave.class, OnClose.class, OnError.class);

	private final EndpointBean bean;

	private final EndpointContext context;

	private final RequestFacts facts = new RequestFacts();

	private final HandlerMethodFactory methods;

	private final ReturnHandlerFactory returns;

	private final HandlerExtension extension;

	private final TopicResolver topics;

	private final ByException<HandlerMethod> handshakeErrors;

	private final ErrorHandlers errors;

	private final MethodNames names;

	EndpointHandlerFactory(EndpointBean bean, List<EndpointBean> advice, EndpointContext context,
			EndpointSettings settings, ConfigurableListableBeanFactory beanFactory) {
		this.bean = bean;
		this.context = context;
		this.extension = settings.handlers().extension();
		Set<String> pathVariables = PathTemplate.parse(context.path()).variables();
		this.topics = new TopicResolver(pathVariables, settings.conversionService(), beanFactory);
		List<ArgumentResolver> resolvers = List.of(this.topics,
				new RequestValueResolver(pathVariables, this.facts, settings.conversionService(), beanFactory),
				this.extension::resolve, new SessionResolver(this.facts),
				new CustomResolver(settings.handlers().argumentResolvers()));
		this.methods = new HandlerMethodFactory(bean, resolvers, settings.handlers(), beanFactory);
		this.returns = new ReturnHandlerFactory(bean, pathVariables, this.facts, context.codec(), beanFactory);
		ErrorMethods errorMethods = new ErrorMethods();
		errorMethods.add(bean, this.methods, this.returns);
		for (EndpointBean other : advice) {
			errorMethods.add(other, new HandlerMethodFactory(other, resolvers, settings.handlers(), beanFactory),
					new ReturnHandlerFactory(other, pathVariables, this.facts, context.codec(), beanFactory));
		}
		this.handshakeErrors = errorMethods.ofHandshakes();
		this.errors = new ErrorHandlers(errorMethods.ofSessions(), settings.handlers().failures(), this.extension);
		this.names = MethodNames.of(bean, advice);
	}

	EndpointHandler create() {
		checkAnnotations();
		EndpointHandshake handshake = new EndpointHandshake(this.context, this.facts, handshakeMethod(),
				this.handshakeErrors, this.extension);
		MessageReceiverFactory messages = messages();
		Receivers receivers = new Receivers(only(OnOpen.class, Phase.OPEN), messages.text(this.errors),
				messages.binary(this.errors), only(OnPong.class, Phase.PONG), only(OnDrain.class, Phase.DRAIN),
				only(OnClose.class, Phase.CLOSE));
		TopicHandlers topics = new TopicHandlersFactory(this.bean, this.topics, this.methods, this.returns).create();
		return new EndpointHandler(handshake, receivers, messages.streams(), topics, this.errors, this.names);
	}

	private void checkAnnotations() {
		LookAlikes.check(this.bean);
		if (ANNOTATIONS.stream().allMatch((annotation) -> this.bean.methods(annotation).isEmpty())) {
			throw this.bean.invalid("In " + this.bean + " no method has an annotation that makes it a handler.",
					"Add one, such as @OnMessage String echo(String text) { return text; }.");
		}
		for (Method method : this.bean.methods(Broadcast.class)) {
			if (this.bean.methods(OnHandshake.class).contains(method)
					|| ANNOTATIONS.stream().noneMatch((type) -> this.bean.methods(type).contains(method))) {
				throw this.bean.invalid(method,
						"@Broadcast on " + this.bean.describe(method) + " in the bean '" + this.bean.name()
								+ "' has no effect there.",
						"Add @OnMessage, @OnOpen, @OnPong, @OnDrain, @OnJoin, @OnLeave, @OnClose or @OnError, or remove @Broadcast.");
			}
		}
	}

	private @Nullable HandlerMethod handshakeMethod() {
		Method method = onlyMethod(OnHandshake.class);
		if (method == null) {
			return null;
		}
		Class<?> type = method.getReturnType();
		if (type != void.class && type != boolean.class && !HttpStatusCode.class.isAssignableFrom(type)) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name() + "' returns "
							+ type.getSimpleName() + ", which decides nothing about a handshake.",
					"Return void, boolean (false refuses with 403) or HttpStatus, and use a HandshakeResponse parameter for the rest.");
		}
		return this.methods.create(method, Phase.HANDSHAKE).method();
	}

	private MessageReceiverFactory messages() {
		MessageReceiverFactory messages = new MessageReceiverFactory(this.bean, this.context.codec());
		for (Method method : this.bean.methods(OnMessage.class)) {
			Signature signature = this.methods.create(method, Phase.MESSAGE);
			messages.add(method, signature, receiver(method, signature, Phase.MESSAGE));
		}
		return messages;
	}

	private Receiver only(Class<? extends Annotation> annotation, Phase phase) {
		Method method = onlyMethod(annotation);
		return (method != null) ? receiver(method, this.methods.create(method, phase), phase) : Receiver.NONE;
	}

	private @Nullable Method onlyMethod(Class<? extends Annotation> annotation) {
		List<Method> methods = this.bean.methods(annotation);
		if (methods.size() > 1) {
			throw this.bean.invalid(methods.get(1),
					"The bean '" + this.bean.name() + "' has two methods with @" + annotation.getSimpleName() + ": "
							+ this.bean.describe(methods.get(0)) + " and " + this.bean.describe(methods.get(1)) + ".",
					"Keep one of them and call the other from it.");
		}
		return methods.isEmpty() ? null : methods.get(0);
	}

	private Receiver receiver(Method method, Signature signature, Phase phase) {
		ReturnHandler returns = this.returns.create(method, phase,
				(phase == Phase.MESSAGE) ? signature.subject() : null);
		return returns.wantsPayload() ? new PayloadReceiver(signature.method(), returns)
				: new MethodReceiver(signature.method(), returns);
	}

}
