package io.github.wsspring.endpoint;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.wsspring.endpoint.TopicHandlers.Decider;
import io.github.wsspring.endpoint.TopicHandlers.Listener;

/**
 * Sorts the methods of an endpoint that have to do with topics, at start-up.
 */
final class TopicHandlersFactory {

	private final EndpointBean bean;

	private final TopicResolver topics;

	private final HandlerMethodFactory methods;

	private final ReturnHandlerFactory returns;

	private final Map<String, Method> claims = new HashMap<>();

	TopicHandlersFactory(EndpointBean bean, TopicResolver topics, HandlerMethodFactory methods,
			ReturnHandlerFactory returns) {
		this.bean = bean;
		this.topics = topics;
		this.methods = methods;
		this.returns = returns;
	}

	TopicHandlers create() {
		List<Decider> deciders = new ArrayList<>();
		List<Method> others = new ArrayList<>();
		for (Method method : this.bean.methods(OnJoin.class)) {
			if (decides(method)) {
				deciders.add(decider(method));
			}
			else {
				others.add(method);
			}
		}
		return new TopicHandlers(deciders, listeners(others, Phase.JOIN),
				listeners(this.bean.methods(OnLeave.class), Phase.LEAVE));
	}

	private static boolean decides(Method method) {
		return method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
	}

	private Decider decider(Method method) {
		if (this.bean.annotation(method, Broadcast.class) != null) {
			throw this.bean.invalid(method,
					this.bean.describe(method) + " in the bean '" + this.bean.name()
							+ "' has @Broadcast, but returns whether the session may join.",
					"Remove @Broadcast, and tell others from a second @OnJoin method that returns the message.");
		}
		TopicPattern pattern = claim(method, Phase.JOIN, " that decide");
		return new Decider(pattern, this.methods.create(method, Phase.JOIN).method());
	}

	private List<Listener> listeners(List<Method> found, Phase phase) {
		List<Listener> listeners = new ArrayList<>();
		for (Method method : found) {
			if (decides(method)) {
				throw this.bean.invalid(method,
						this.bean.describe(method) + " in the bean '" + this.bean.name()
								+ "' returns boolean, but nobody is kept from leaving.",
						"Make it void, or return the message to send.");
			}
			TopicPattern pattern = claim(method, phase, "");
			listeners.add(new Listener(pattern, new MethodReceiver(this.methods.create(method, phase).method(),
					this.returns.create(method, phase))));
		}
		return listeners;
	}

	private TopicPattern claim(Method method, Phase phase, String kind) {
		TopicPattern pattern = this.topics.pattern(this.bean, method, phase);
		Method other = this.claims.putIfAbsent(phase + kind + pattern.pattern().pattern(), method);
		if (other != null) {
			throw this.bean.invalid(method, "The bean '" + this.bean.name() + "' has two " + phase + " methods" + kind
					+ " for the same topics: " + this.bean.describe(other) + " and " + this.bean.describe(method) + ".",
					"Keep one of them and call the other from it.");
		}
		return pattern;
	}

}
