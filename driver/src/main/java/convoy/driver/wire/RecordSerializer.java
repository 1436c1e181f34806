package convoy.driver.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a record as its components, in their order, and reads it through its canonical
 * constructor, so that whatever that constructor checks holds on the other side too. Kryo 4 itself
 * sets fields behind the constructor's back, which Java 17 forbids for records.
 *
 * <p>A component whose declared type is final, such as an array of numbers, travels without a class
 * name; any other with the number that its class is registered under. A {@link List} travels as its
 * elements and arrives immutable.
 *
 * @param <R> the record
 */
final class RecordSerializer<R extends Record> extends Serializer<R> {
  private final Constructor<R> constructor;
  private final Class<?>[] types;
  private final Method[] accessors;

  /** A serializer for records of {@code type}. */
  RecordSerializer(Class<R> type) {
    super(false, true);
    RecordComponent[] components = type.getRecordComponents();
    this.types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    this.accessors =
        Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
    try {
      this.constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has a canonical constructor: " + type, e);
    }
    constructor.setAccessible(true);
    for (Method accessor : accessors) {
      accessor.setAccessible(true);
    }
  }

  @Override
  public void write(Kryo kryo, Output output, R value) {
    for (int i = 0; i < types.length; i++) {
      Object component = component(i, value);
      if (component instanceof List<?> list) {
        writeList(kryo, output, list);
      } else if (types[i].isPrimitive()) {
        kryo.writeObject(output, component);
      } else if (isFinal(types[i])) {
        kryo.writeObjectOrNull(output, component, types[i]);
      } else {
        kryo.writeClassAndObject(output, component);
      }
    }
  }

  @Override
  public R read(Kryo kryo, Input input, Class<R> type) {
    Object[] components = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (types[i] == List.class) {
        components[i] = readList(kryo, input);
      } else if (types[i].isPrimitive()) {
        components[i] = kryo.readObject(input, types[i]);
      } else if (isFinal(types[i])) {
        components[i] = kryo.readObjectOrNull(input, types[i]);
      } else {
        components[i] = kryo.readClassAndObject(input);
      }
    }
    return create(components);
  }

  private static void writeList(Kryo kryo, Output output, List<?> list) {
    output.writeInt(list.size(), true);
    list.forEach(element -> kryo.writeClassAndObject(output, element));
  }

  private static List<Object> readList(Kryo kryo, Input input) {
    Object[] elements = new Object[input.readInt(true)];
    Arrays.setAll(elements, i -> kryo.readClassAndObject(input));
    return List.of(elements);
  }

  private static boolean isFinal(Class<?> type) {
    return Modifier.isFinal(type.getModifiers());
  }

  private Object component(int i, R value) {
    try {
      return accessors[i].invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + accessors[i], e);
    }
  }

  private R create(Object... components) {
    try {
      return constructor.newInstance(components);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot create a record with " + constructor, e);
    }
  }
}
