package io.github.wsspring.endpoint;

import java.util.concurrent.Executor;
import java.util.function.Function;

import io.github.wsspring.handshake.OriginPolicy;
import io.github.wsspring.server.SessionOptions;

import org.springframework.core.convert.ConversionService;

/**
 * What endpoints get unless they say otherwise.
 *
 * @param executor where the methods of {@link Execution#TASK} endpoints are called
 * @param origins which pages may connect
 * @param sessionOptions limits and times by the id of the endpoint
 * @param codec how payloads become messages
 * @param conversionService how parts of the upgrade request become arguments
 * @param handlers what the application adds to the programming model
 */
public record EndpointSettings(Executor executor, OriginPolicy origins, Function<String, SessionOptions> sessionOptions,
		MessageCodec codec, ConversionService conversionService, HandlerOptions handlers) {

}
