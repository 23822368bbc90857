package io.github.wsspring.endpoint;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.wsspring.endpoint.InvalidMessageException.Field;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A property of messages, or of what is in them. It is looked up, never interpreted.
 *
 * @param path the names of the properties on the way there, such as {@code address.city}
 * @param steps how to get there, one for each
 */
record PayloadProperty(String path, List<Step> steps) {

	/**
	 * Finds a property.
	 * @param type the type of the messages
	 * @param path the names of the properties on the way there
	 * @throws IllegalArgumentException if there is none; says what there is
	 */
	static PayloadProperty of(Class<?> type, String path) {
		List<Step> steps = new ArrayList<>();
		Class<?> at = type;
		for (String name : path.split("\\.", -1)) {
			Method reader = null;
			if (!Map.class.isAssignableFrom(at)) {
				Map<String, Method> readers = readers(at);
				reader = readers.get(name);
				if (reader == null) {
					throw new IllegalArgumentException(at.getSimpleName() + (readers.isEmpty() ? " has no properties"
							: " has no '" + name + "', only " + readers.keySet()));
				}
				ReflectionUtils.makeAccessible(reader);
			}
			steps.add(new Step(name, reader));
			at = (reader != null) ? reader.getReturnType() : Map.class;
		}
		return new PayloadProperty(path, List.copyOf(steps));
	}

	private static Map<String, Method> readers(Class<?> type) {
		Map<String, Method> readers = new TreeMap<>();
		if (type.isPrimitive() || type.isArray() || type.getName().startsWith("java.")) {
			return readers;
		}
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				readers.put(component.getName(), component.getAccessor());
			}
			return readers;
		}
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			Method reader = property.getReadMethod();
			if (reader != null && !property.getName().equals("class")) {
				readers.put(property.getName(), reader);
			}
		}
		if (type.isInterface()) {
			addAccessors(type, readers);
		}
		return readers;
	}

	/** An interface of records, such as a sealed one, has their accessors. */
	private static void addAccessors(Class<?> type, Map<String, Method> readers) {
		for (Method method : type.getMethods()) {
			boolean reads = method.getParameterCount() == 0 && method.getReturnType() != void.class
					&& !Modifier.isStatic(method.getModifiers());
			if (reads && !readers.containsValue(method)) {
				readers.putIfAbsent(method.getName(), method);
			}
		}
	}

	/**
	 * What a message says.
	 * @throws InvalidMessageException if it says nothing
	 */
	String in(Object payload) {
		Object at = payload;
		for (Step step : this.steps) {
			at = step.from(at);
			if (at == null) {
				throw new InvalidMessageException(InvalidMessageException.NOT_VALID,
						"The member '" + this.path + "' says where the message goes",
						List.of(new Field(this.path, "must not be null")));
			}
		}
		return at.toString();
	}

	/**
	 * One property on the way.
	 *
	 * @param name its name
	 * @param reader what reads it, {@code null} for an entry of a map
	 */
	record Step(String name, @Nullable Method reader) {

		@Nullable Object from(Object owner) {
			Object value = (this.reader != null) ? ReflectionUtils.invokeMethod(this.reader, owner)
					: (owner instanceof Map<?, ?> map) ? map.get(this.name) : null;
			return (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
		}

	}

}
