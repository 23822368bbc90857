package io.github.wsspring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of {@code @WsEndpoint} beans alone, on the real engine, without a port.
 * <p>
 * Of the application's components only these are beans: the endpoints that are named, or
 * all of them; {@code @WsAdvice}, {@code WsArgumentResolver}, {@code WsMessageConverter},
 * {@code WsAuthenticator}, {@code WsMessageListener}, {@code Converter},
 * {@code GenericConverter}, {@code JacksonModule} and {@code @JacksonComponent}.
 * Everything else that endpoints need comes by {@code @MockitoBean}, or by
 * {@code @Import}, as do method security and other configuration. Auto-configured are the
 * WebSocket server, Jackson, validation, SSL bundles and message sources.
 * <p>
 * The client is a {@link WsTestClient} bean:
 *
 * <pre class="code">
 * &#064;WsEndpointTest(Chat.class)
 * class ChatTests {
 *
 *   &#064;Test
 *   void whatIsSaidIsHeard(@Autowired WsTestClient client) {
 *     ...
 *   }
 *
 * }
 * </pre>
 *
 * {@code ws.server.port} is -1, unless {@link #properties()} say otherwise.
 *
 * @see AutoConfigureWsTestClient
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(WsEndpointTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(WsEndpointTypeExcludeFilter.class)
@AutoConfigureWsTestClient
@ImportAutoConfiguration
public @interface WsEndpointTest {

	/**
	 * Alias for {@link #endpoints}.
	 * @return the endpoints to test
	 */
	@AliasFor("endpoints")
	Class<?>[] value() default {};

	/**
	 * The endpoints to test.
	 * @return classes with {@code @WsEndpoint}; none for all that the application has
	 */
	@AliasFor("value")
	Class<?>[] endpoints() default {};

	/**
	 * Properties of the test's environment.
	 * @return lines such as {@code key=value}
	 */
	String[] properties() default {};

	/**
	 * Whether the components that are listed above are beans, besides those that
	 * {@link #includeFilters()} add.
	 * @return {@code false} to have only the latter
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters that make more components beans.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Filters that keep components from being beans.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration that is not wanted.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
