package io.github.wsspring.sample;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The users that the page lets anybody be. A real application never hands out tokens like
 * this: it gives a user a token of their own when they sign in.
 *
 * @param tokens the users' tokens by name
 */
@ConfigurationProperties("demo")
record DemoUsers(Map<String, String> tokens) {

}
