package io.github.wsspring.autoconfigure;

/**
 * Says, as a bean, that only some of the application's endpoints are beans, as in a test
 * of one of them: keys under {@code ws.endpoints} may then be those of others.
 */
public record SomeEndpoints() {

}
