package io.github.wsspring.context;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Value;

/**
 * Injects the port that the WebSocket server listens on, also if {@code ws.server.port}
 * is 0. Known once the server has started: in tests, and in beans that are created
 * lazily. There is none if {@code ws.server.port} is -1.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Value("${" + LocalPort.PROPERTY + "}")
public @interface LocalWsPort {

}
