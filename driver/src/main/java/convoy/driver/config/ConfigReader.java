package convoy.driver.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads keys by rules. A value that breaks its rule is noted as a problem, and the default stands
 * in for it so that reading goes on.
 */
final class ConfigReader {
  private final ReferenceConfig reference;
  private final Map<String, Setting> settings;
  private final ConfigProblems problems;
  private final Map<String, String> rules = new LinkedHashMap<>();

  ConfigReader(ReferenceConfig reference, Map<String, Setting> settings, ConfigProblems problems) {
    this.reference = reference;
    this.settings = settings;
    this.problems = problems;
  }

  /** A whole number from {@code least} to {@code most}. */
  int wholeNumber(String key, int least, int most) {
    return Math.toIntExact(wholeNumber(key, (long) least, (long) most));
  }

  /** A whole number from {@code least} to {@code most}. */
  long wholeNumber(String key, long least, long most) {
    return read(
        key,
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
  double number(String key, double least, double most) {
    return read(
        key,
        "a number, %s to %s".formatted(shown(least), shown(most)),
        text -> {
          BigDecimal number = decimal(text, "a number");
          checkRange(number, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
          return number.doubleValue();
        });
  }

  /** True or false. */
  boolean flag(String key) {
    return read(
        key,
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("it is neither true nor false");
            });
  }

  /** Any text; empty if not given. */
  String text(String key) {
    return read(key, "text", Function.identity());
  }

  /**
   * A text that a check accepts.
   *
   * @param check throws an IllegalArgumentException with the message {@code Cannot ...: why (what
   *     to do)} if not; the rule says what to do here
   */
  String text(String key, String rule, Consumer<String> check) {
    return read(
        key,
        rule,
        text -> {
          try {
            check.accept(text);
            return text;
          } catch (IllegalArgumentException e) {
            String reason =
                e.getMessage().replaceFirst("^Cannot .*?: ", "").replaceFirst(" \\([^()]*\\)$", "");
            throw new IllegalArgumentException(reason, e);
          }
        });
  }

  /** One of the given words. */
  String word(String key, String... choices) {
    List<String> words = List.of(choices);
    return read(
        key,
        "one of " + String.join(", ", words),
        text -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException(
                "it is not one of the choices"
                    + Suggestion.closest(text, words)
                        .map(", did you mean %s?"::formatted)
                        .orElse(""));
          }
          return text;
        });
  }

  /** One of an enumeration's constants, written like {@code dl4j-spark} for DL4J_SPARK. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    Map<String, E> choices =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Function.identity(),
                    (first, second) -> first,
                    LinkedHashMap::new));
    return choices.get(word(key, choices.keySet().toArray(String[]::new)));
  }

  /** The rule of each key read so far, as it stands in error messages. */
  Map<String, String> rules() {
    return rules;
  }

  private <T> T read(String key, String rule, Function<String, T> parse) {
    rules.put(key, rule);
    Setting setting = settings.get(key);
    try {
      return parse.apply(
          setting
              .text()
              .orElseThrow(() -> new IllegalArgumentException("it is not a single value")));
    } catch (IllegalArgumentException e) {
      problems.addValue(setting, e.getMessage(), "give " + rule);
      return parse.apply(reference.defaultValue(key));
    }
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
