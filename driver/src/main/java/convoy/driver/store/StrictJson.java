package convoy.driver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the JSON files that Convoy writes are read again: nothing is taken for what it is not, such
 * as 1.7, "1" or a missing value for a whole number.
 */
public final class StrictJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);

  private StrictJson() {}

  /** The value as the text of a file. */
  public static byte[] bytes(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * The value that a file holds; keys that it does not know are passed over.
   *
   * @return null if the file says so
   * @throws JsonProcessingException if it is no JSON, or not such a value
   */
  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /** Why a file could not be read, as half a message of one line. */
  public static String reason(JsonProcessingException failure) {
    if (failure instanceof MismatchedInputException mismatch
        && WHOLE.contains(mismatch.getTargetType())) {
      return mismatch instanceof InvalidFormatException wrong
          ? "its %s is %s, which is not a whole number".formatted(key(mismatch), wrong.getValue())
          : "its %s is missing or not a number".formatted(key(mismatch));
    }
    String message =
        failure.getCause() instanceof IllegalArgumentException refusal
            ? refusal.getMessage()
            : failure.getOriginalMessage();
    // Jackson quotes the document after the first line.
    return message == null ? "it is no JSON" : message.lines().findFirst().orElse("it is no JSON");
  }

  private static String key(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
