package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that cannot work, found at start-up.
 */
public class InvalidEndpointException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String beanName;

	private final @Nullable String method;

	private final String description;

	private final String action;

	InvalidEndpointException(String beanName, @Nullable String method, String description, String action) {
		super(description + " " + action);
		this.beanName = beanName;
		this.method = method;
		this.description = description;
		this.action = action;
	}

	/**
	 * The bean that cannot be used.
	 * @return its name
	 */
	public String getBeanName() {
		return this.beanName;
	}

	/**
	 * The method that cannot be used.
	 * @return class, name and parameter types, {@code null} if it is about the whole bean
	 */
	public @Nullable String getMethod() {
		return this.method;
	}

	/**
	 * What is wrong.
	 * @return sentences that name bean and method
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * What to do about it.
	 * @return sentences with what to write instead
	 */
	public String getAction() {
		return this.action;
	}

}
