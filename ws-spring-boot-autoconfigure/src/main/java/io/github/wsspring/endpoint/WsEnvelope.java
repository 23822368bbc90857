package io.github.wsspring.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What a JSON message says about itself, besides its payload. Handler methods may take it
 * as a parameter.
 *
 * @param type its type, {@code null} if it has none
 * @param id its id, a {@code String} or an integral {@code Number}; {@code null} if it
 * has none and so waits for no answer
 */
public record WsEnvelope(@Nullable String type, @Nullable Object id) {

	static final WsEnvelope NONE = new WsEnvelope(null, null);

}
