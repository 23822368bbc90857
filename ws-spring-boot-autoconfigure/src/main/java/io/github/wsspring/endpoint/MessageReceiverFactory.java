package io.github.wsspring.endpoint;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.wsspring.endpoint.HandlerMethodFactory.Signature;
import io.github.wsspring.endpoint.JsonCodec.JsonReader;
import io.github.wsspring.endpoint.TypeDispatcher.Target;
import io.github.wsspring.protocol.CloseStatus;
import io.github.wsspring.protocol.MessageKinds;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Sorts the message methods of an endpoint at start-up: one for text, one for binary, one
 * for each type.
 */
final class MessageReceiverFactory {

	private static final Receiver NO_BINARY = (caller, subject) -> {
		caller.session().close(CloseStatus.UNSUPPORTED_DATA.withReason("This endpoint takes no binary messages"));
		return null;
	};

	private static final Receiver NO_TEXT = (caller, subject) -> {
		throw new InvalidMessageException(InvalidMessageException.UNSUPPORTED, "This endpoint takes no text messages");
	};

	private final EndpointBean bean;

	private final MessageCodec codec;

	private final Map<String, Method> methods = new LinkedHashMap<>();

	private final Map<String, Target> typed = new LinkedHashMap<>();

	private @Nullable Target text;

	private @Nullable Receiver binary;

	/** The method that reads texts as they arrive. */
	private @Nullable Method textStream;

	private boolean binaryStream;

	MessageReceiverFactory(EndpointBean bean, MessageCodec codec) {
		this.bean = bean;
		this.codec = codec;
	}

	/**
	 * Takes a method.
	 * @param method the method
	 * @param signature the method and its payload
	 * @param receiver what calls it
	 * @throws InvalidEndpointException if it is one too many, or has no payload that it
	 * could be chosen by
	 */
	void add(Method method, Signature signature, Receiver receiver) {
		OnMessage annotation = this.bean.annotation(method, OnMessage.class);
		String type = (annotation != null) ? annotation.value() : "";
		HandlerParameter payload = signature.subject();
		if (payload != null && isStream(payload.type())) {
			addStream(method, type, payload, receiver);
			return;
		}
		WsMessageConverter converter = (payload != null) ? this.codec.converter(payload.type()) : null;
		boolean bytes = converter != null
				|| (payload != null && (payload.type() == byte[].class || payload.type() == ByteBuffer.class));
		Map<String, Class<?>> subtypes = bytes ? Map.of() : subtypes(payload);
		if (!subtypes.isEmpty()) {
			addSubtypes(method, type, subtypes, receiver);
		}
		else if (!type.isEmpty()) {
			addTyped(method, type, payload, bytes, receiver);
		}
		else if (payload == null) {
			throw this.bean.invalid(method,
					"@OnMessage on " + describe(method) + " has neither a payload parameter nor a type.",
					"Add a parameter: String for text, byte[] for binary, any other type for JSON; or write @OnMessage(\"type\").");
		}
		else if (bytes) {
			claim(method, "binary messages", "Keep one of them.");
			this.binary = (converter != null) ? new ConverterReceiver(converter, payload.genericType(), receiver)
					: receiver;
		}
		else {
			claim(method, "text messages", "Keep one of them, or give each a type, as in @OnMessage(\"say\").");
			this.text = target(payload, receiver, true);
		}
	}

	/**
	 * Whether a payload would be read while it arrives.
	 */
	static boolean isStream(Class<?> type) {
		return InputStream.class.isAssignableFrom(type) || Reader.class.isAssignableFrom(type);
	}

	private void addStream(Method method, String type, HandlerParameter payload, Receiver receiver) {
		boolean text = Reader.class.isAssignableFrom(payload.type());
		Class<?> wanted = text ? Reader.class : InputStream.class;
		if (payload.type() != wanted) {
			throw payload.invalid("is a kind of " + wanted.getSimpleName() + " that messages do not come as.",
					"Take " + wanted.getSimpleName() + ", and wrap it in the method.");
		}
		if (!type.isEmpty()) {
			throw this.bean.invalid(method,
					"@OnMessage(\"" + type + "\") on " + describe(method) + " takes a message as it arrives, but its "
							+ "type is not known before all of it is there.",
					"Write @OnMessage without a type and read the type in the method, or take String or a JSON type.");
		}
		WsEndpoint endpoint = AnnotatedElementUtils.findMergedAnnotation(this.bean.type(), WsEndpoint.class);
		if (endpoint != null && endpoint.execution() == Execution.EVENT_LOOP) {
			throw payload.invalid("is read as it arrives, which would block the event loop that it arrives on.",
					"Remove execution = Execution.EVENT_LOOP from @WsEndpoint, or take " + (text ? "String" : "byte[]")
							+ ".");
		}
		if (text) {
			claim(method, "text messages", "Keep one of them.");
			this.text = new Target(null, null, receiver, true);
			this.textStream = method;
		}
		else {
			claim(method, "binary messages", "Keep one of them.");
			this.binary = receiver;
			this.binaryStream = true;
		}
	}

	private Map<String, Class<?>> subtypes(@Nullable HandlerParameter payload) {
		if (payload == null || !this.codec.hasJson()) {
			return Map.of();
		}
		try {
			return this.codec.json().subtypes(payload.genericType());
		}
		catch (IllegalArgumentException ex) {
			throw payload.invalid("is sealed, but " + ex.getMessage() + ".",
					"Make the permitted classes records with different names, give them a @JsonTypeName, or tell Jackson how to read the type with @JsonTypeInfo.");
		}
	}

	private void addSubtypes(Method method, String type, Map<String, Class<?>> subtypes, Receiver receiver) {
		if (!type.isEmpty()) {
			throw this.bean.invalid(method,
					"@OnMessage(\"" + type + "\") on " + describe(method)
							+ " takes a sealed type, whose classes have the types " + subtypes.keySet() + ".",
					"Write @OnMessage without a type, or take one of the classes.");
		}
		subtypes.forEach((name, subtype) -> {
			claim(method, "the type '" + name + "'", "Keep one of them, or give them different types.");
			this.typed.put(name,
					new Target(this.codec.json().reader(subtype, this.codec.fields()), subtype, receiver, false));
		});
	}

	private void addTyped(Method method, String type, @Nullable HandlerParameter payload, boolean bytes,
			Receiver receiver) {
		if (bytes) {
			throw this.bean.invalid(method,
					"@OnMessage(\"" + type + "\") on " + describe(method)
							+ " takes bytes, but only JSON text has a type.",
					"Write @OnMessage without a type, or take String or a JSON type.");
		}
		if (!this.codec.hasJson()) {
			throw noJson(method);
		}
		claim(method, "the type '" + type + "'", "Keep one of them, or give them different types.");
		this.typed.put(type, target(payload, receiver, false));
	}

	private void claim(Method method, String kind, String action) {
		Method other = this.methods.putIfAbsent(kind, method);
		if (other != null) {
			throw this.bean.invalid(method, "The bean '" + this.bean.name() + "' has two @OnMessage methods for " + kind
					+ ": " + this.bean.describe(other) + " and " + this.bean.describe(method) + ".", action);
		}
	}

	private Target target(@Nullable HandlerParameter payload, Receiver receiver, boolean anyText) {
		if (payload == null || payload.type() == String.class) {
			return new Target(null, (payload != null) ? String.class : null, receiver, anyText);
		}
		if (!this.codec.hasJson()) {
			throw noJson(payload.method());
		}
		JsonReader reader = this.codec.json().reader(payload.genericType(), this.codec.fields());
		return new Target(reader, payload.genericType(), receiver, false);
	}

	private InvalidEndpointException noJson(Method method) {
		return this.bean.invalid(method, describe(method) + " takes JSON, but there is no JSON library.",
				"Add the dependency spring-boot-starter-jackson, or take String or byte[].");
	}

	private String describe(Method method) {
		return this.bean.describe(method) + " in the bean '" + this.bean.name() + "'";
	}

	/**
	 * What takes text messages.
	 * @param errors handles the failures of requests
	 */
	Receiver text(ErrorHandlers errors) {
		if (!this.typed.isEmpty()) {
			checkNoStream();
			return new TypeDispatcher(this.codec.json(), targets(), errors);
		}
		if (this.text == null) {
			return NO_TEXT;
		}
		JsonReader reader = this.text.reader();
		return (reader != null) ? new JsonReceiver(reader, this.text.receiver()) : this.text.receiver();
	}

	/**
	 * What takes binary messages.
	 * @param errors handles the failures of requests
	 */
	Receiver binary(ErrorHandlers errors) {
		Receiver plain = (this.binary != null) ? this.binary : NO_BINARY;
		if (!this.codec.hasFormats() || !takesJson() || this.binaryStream) {
			return plain;
		}
		Map<String, Receiver> formats = new LinkedHashMap<>();
		for (WsMessageFormat format : this.codec.formats()) {
			formats.put(format.subprotocol(), new FormatDispatcher(format, targets(), errors));
		}
		return new FormatReceiver(formats, plain, errors);
	}

	private boolean takesJson() {
		return !this.typed.isEmpty() || (this.text != null && this.text.reader() != null);
	}

	private TypeTargets targets() {
		return new TypeTargets(this.typed, this.text, this.codec.fields());
	}

	private void checkNoStream() {
		if (this.textStream != null) {
			throw this.bean.invalid(this.textStream,
					describe(this.textStream) + " takes text as it arrives, but " + this.typed.keySet()
							+ " are types of text messages, which are not known before all of a message is there.",
					"Take String, or send what is large as binary messages and take InputStream, or move the method to an endpoint of its own.");
		}
	}

	/**
	 * The kinds of messages whose methods read them as they arrive.
	 */
	MessageKinds streams() {
		return (this.textStream != null || this.binaryStream)
				? new MessageKinds(this.textStream != null, this.binaryStream) : MessageKinds.NONE;
	}

}
