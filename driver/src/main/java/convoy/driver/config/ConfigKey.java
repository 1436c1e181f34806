package convoy.driver.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One key while it is read: what its value decides, and the rule that the value is held to. */
final class ConfigKey {
  private final ConfigReader reader;
  private final String key;
  private boolean inResult;
  private boolean inRun;

  ConfigKey(ConfigReader reader, String key) {
    this.reader = reader;
    this.key = key;
  }

  /** Another value is another result: {@code --resume} goes on with the old value alone. */
  ConfigKey decidesResult() {
    return decidesResultIf(true);
  }

  /**
   * The same, where the other settings let it.
   *
   * @param used whether they do; otherwise the key lies idle
   */
  ConfigKey decidesResultIf(boolean used) {
    reader.addDeciding(key);
    inResult |= used;
    return this;
  }

  /**
   * Another value is another training run of a sweep, although {@code --resume} may change it: it
   * says how long the run goes on, what is measured of it, or which of its epochs is published.
   */
  ConfigKey distinguishesRuns() {
    reader.addDeciding(key);
    inRun = true;
    return this;
  }

  /** A whole number from {@code least} to {@code most}. */
  int wholeNumber(int least, int most) {
    return Math.toIntExact(wholeNumber((long) least, (long) most));
  }

  /** A whole number from {@code least} to {@code most}. */
  long wholeNumber(long least, long most) {
    return read(
        "a whole number, %d to %d".formatted(least, most),
        text -> {
          BigDecimal number = decimal(text, "a whole number");
          checkRange(number, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
          if (number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("it is not a whole number");
          }
          return number.longValueExact();
        });
  }

  /** A number from {@code least} to {@code most}, both possible. */
  double number(double least, double most) {
    return read(
        "a number, %s to %s".formatted(shown(least), shown(most)),
        text -> {
          BigDecimal number = decimal(text, "a number");
          checkRange(number, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
          return number.doubleValue();
        });
  }

  /** True or false. */
  boolean flag() {
    return read(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("it is neither true nor false");
            });
  }

  /** Any text; empty if not given. */
  String text() {
    return read("text", Function.identity());
  }

  /**
   * What a text means.
   *
   * @param rule says what to give
   * @param meaning throws an IllegalArgumentException with the message {@code Cannot ...: why (what
   *     to do)} if it has none; the rule says what to do here
   */
  <T> T text(String rule, Function<String, T> meaning) {
    return read(
        rule,
        text -> {
          try {
            return meaning.apply(text);
          } catch (IllegalArgumentException e) {
            String reason =
                e.getMessage().replaceFirst("^Cannot .*?: ", "").replaceFirst(" \\([^()]*\\)$", "");
            throw new IllegalArgumentException(reason, e);
          }
        });
  }

  /** One of the given words. */
  String word(String... choices) {
    return read("one of " + String.join(", ", choices), text -> chosen(text, List.of(choices)));
  }

  /** One of an enumeration's constants, written like {@code dl4j-spark} for DL4J_SPARK. */
  <E extends Enum<E>> E choice(Class<E> type) {
    Map<String, E> choices =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Function.identity(),
                    (first, second) -> first,
                    LinkedHashMap::new));
    List<String> words = List.copyOf(choices.keySet());
    return read("one of " + String.join(", ", words), text -> choices.get(chosen(text, words)));
  }

  private <T> T read(String rule, Function<String, T> parse) {
    T value = reader.read(key, rule, parse);
    if (inResult) {
      reader.addResultSetting(key, value);
    } else if (inRun) {
      reader.addRunSetting(key, value);
    }
    return value;
  }

  private static String chosen(String text, List<String> words) {
    if (!words.contains(text)) {
      throw new IllegalArgumentException(
          "it is not one of the choices"
              + Suggestion.closest(text, words).map(", did you mean %s?"::formatted).orElse(""));
    }
    return text;
  }

  private static BigDecimal decimal(String text, String kind) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is not " + kind, e);
    }
  }

  private static void checkRange(BigDecimal number, BigDecimal least, BigDecimal most) {
    if (number.compareTo(least) < 0) {
      throw new IllegalArgumentException("it is too small");
    }
    if (number.compareTo(most) > 0) {
      throw new IllegalArgumentException("it is too large");
    }
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound)
        ? Long.toString((long) bound)
        : Double.toString(bound).replace(".0E", "e");
  }
}
