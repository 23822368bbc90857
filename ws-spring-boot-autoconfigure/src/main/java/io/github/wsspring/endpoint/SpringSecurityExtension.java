package io.github.wsspring.endpoint;

import java.security.Principal;

import io.github.wsspring.server.Identity;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Spring Security on this floor: {@link Authentication} and
 * {@link AuthenticationPrincipal} as arguments, and the security context around each call
 * of a handler method, so that {@code @PreAuthorize} works.
 * <p>
 * An identity whose principal is an {@code Authentication} is taken as it is; of any
 * other an authenticated token is made with its principal and authorities. The context is
 * bound to the thread of the call only.
 */
public final class SpringSecurityExtension implements HandlerExtension {

	private static final AnonymousAuthenticationToken ANONYMOUS = new AnonymousAuthenticationToken("ws",
			"anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

	private final SecurityContextHolderStrategy contexts;

	private final BeanFactory beanFactory;

	/**
	 * Says where the security context is kept.
	 * @param contexts keeps it
	 * @param beanFactory where expressions of {@link AuthenticationPrincipal} find beans
	 */
	public SpringSecurityExtension(SecurityContextHolderStrategy contexts, BeanFactory beanFactory) {
		this.contexts = contexts;
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean surroundsCalls() {
		return true;
	}

	@Override
	public Object enter(Caller caller) {
		SecurityContext before = this.contexts.getContext();
		SecurityContext context = this.contexts.createEmptyContext();
		Authentication authentication = authentication(caller);
		context.setAuthentication((authentication != null) ? authentication : ANONYMOUS);
		this.contexts.setContext(context);
		return before;
	}

	/**
	 * An {@link OnJoin} method is called within whatever calls {@code join}: another
	 * method, or code that serves an HTTP request.
	 */
	@Override
	public void leave(@Nullable Object before) {
		if (before instanceof SecurityContext context && context.getAuthentication() != null) {
			this.contexts.setContext(context);
		}
		else {
			this.contexts.clearContext();
		}
	}

	private static @Nullable Authentication authentication(Caller caller) {
		Identity identity = caller.session().identity();
		if (identity == null) {
			return null;
		}
		Principal principal = identity.principal();
		return (principal instanceof Authentication authentication) ? authentication
				: UsernamePasswordAuthenticationToken.authenticated(principal, null,
						AuthorityUtils.createAuthorityList(identity.authorities()));
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		AuthenticationPrincipal annotation = parameter.annotation(AuthenticationPrincipal.class);
		if (annotation != null) {
			return principal(parameter, annotation);
		}
		Class<?> type = parameter.valueType();
		if (Authentication.class.isAssignableFrom(type)) {
			return UserArgument.of(parameter, (caller) -> ofType(type, authentication(caller), false));
		}
		return null;
	}

	private ArgumentBinder principal(HandlerParameter parameter, AuthenticationPrincipal annotation) {
		if (parameter.type().isPrimitive()) {
			throw parameter.invalid("is primitive, but for an anonymous client it is null.", "Use the wrapper type.");
		}
		Expression expression = expression(parameter, annotation);
		boolean strict = annotation.errorOnInvalidType();
		return (caller, subject) -> {
			Authentication authentication = authentication(caller);
			Object principal = (authentication != null) ? authentication.getPrincipal() : null;
			if (principal != null && expression != null) {
				StandardEvaluationContext context = new StandardEvaluationContext(principal);
				context.setBeanResolver(new BeanFactoryResolver(this.beanFactory));
				principal = expression.getValue(context);
			}
			return ofType(parameter.type(), principal, strict);
		};
	}

	private static @Nullable Expression expression(HandlerParameter parameter, AuthenticationPrincipal annotation) {
		if (!StringUtils.hasLength(annotation.expression())) {
			return null;
		}
		try {
			return new SpelExpressionParser().parseExpression(annotation.expression());
		}
		catch (ParseException ex) {
			throw parameter.invalid(
					"has the expression '" + annotation.expression() + "', which cannot be parsed: "
							+ ex.getSimpleMessage() + ".",
					"Correct it, as in @AuthenticationPrincipal(expression = \"id\").");
		}
	}

	private static @Nullable Object ofType(Class<?> type, @Nullable Object value, boolean strict) {
		if (value == null || ClassUtils.isAssignableValue(type, value)) {
			return value;
		}
		if (strict) {
			throw new ClassCastException(value.getClass().getName() + " is not a " + type.getName());
		}
		return null;
	}

	@Override
	public @Nullable HttpStatus statusOf(Throwable failure, Caller caller) {
		boolean anonymous = caller.session().identity() == null;
		if (failure instanceof AuthenticationException || (failure instanceof AccessDeniedException && anonymous)) {
			return HttpStatus.UNAUTHORIZED;
		}
		return (failure instanceof AccessDeniedException) ? HttpStatus.FORBIDDEN : null;
	}

}
