package io.github.wsspring.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

class PublishersTests {

	@Test
	void typesBringOneValueOrMany() {
		assertThat(Publishers.kindOf(String.class)).isEqualTo(Publishers.Kind.PLAIN);
		assertThat(Publishers.kindOf(Object.class)).isEqualTo(Publishers.Kind.PLAIN);
		assertThat(Publishers.kindOf(List.class)).isEqualTo(Publishers.Kind.PLAIN);
		assertThat(Publishers.kindOf(CompletableFuture.class)).isEqualTo(Publishers.Kind.LATER);
		assertThat(Publishers.kindOf(Mono.class)).isEqualTo(Publishers.Kind.LATER);
		assertThat(Publishers.kindOf(Mono.just(1).getClass())).isEqualTo(Publishers.Kind.LATER);
		assertThat(Publishers.kindOf(Flux.class)).isEqualTo(Publishers.Kind.MANY);
		assertThat(Publishers.kindOf(Flow.Publisher.class)).isEqualTo(Publishers.Kind.MANY);
		assertThat(Publishers.kindOf(Stream.class)).isEqualTo(Publishers.Kind.MANY);
	}

	@Test
	void theTypeOfTheValuesIsFound() {
		assertThat(element(ResolvableType.forClassWithGenerics(Flux.class, Long.class))).isEqualTo(Long.class);
		assertThat(element(ResolvableType.forClassWithGenerics(Mono.class, Long.class))).isEqualTo(Long.class);
		assertThat(element(ResolvableType.forClassWithGenerics(Stream.class, Long.class))).isEqualTo(Long.class);
		assertThat(element(ResolvableType.forClassWithGenerics(Flow.Publisher.class, Long.class)))
			.isEqualTo(Long.class);
		assertThat(element(ResolvableType.forClassWithGenerics(CompletableFuture.class, Long.class)))
			.isEqualTo(Long.class);
		assertThat(element(ResolvableType.forClass(Flux.class))).isEqualTo(Object.class);
	}

	private static Class<?> element(ResolvableType type) {
		return Publishers.elementType(type).toClass();
	}

	@Test
	void reactiveStreamsNeedNotBeThere() throws Exception {
		Class<?> publishers = new WithoutReactiveStreams().loadClass(Publishers.class.getName());
		Method kindOf = publishers.getDeclaredMethod("kindOf", Class.class);
		kindOf.setAccessible(true);
		assertThat(kindOf.invoke(null, String.class)).hasToString("PLAIN");
		assertThat(kindOf.invoke(null, Stream.class)).hasToString("MANY");
		assertThat(kindOf.invoke(null, Flow.Publisher.class)).hasToString("MANY");
		assertThat(kindOf.invoke(null, CompletableFuture.class)).hasToString("LATER");
	}

	/** Sees no Reactive Streams from the class under test. */
	private static final class WithoutReactiveStreams extends ClassLoader {

		WithoutReactiveStreams() {
			super(PublishersTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("org.reactivestreams.") || name.startsWith("reactor.")) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith(Publishers.class.getName())) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
