package convoy.driver.monitoring.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text in the format of Prometheus, version 0.0.4, says. Reading it is strict: a text that
 * breaks the format, or says something twice, is refused with its line.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
public record Exposition(
    Map<String, String> helps, Map<String, String> types, Map<String, Double> samples) {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern HELP =
      Pattern.compile("# HELP (" + NAME + ") ((?:[^\\\\]|\\\\[\\\\n])*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "((%s)(?:\\{%s(?:,%s)*,?\\})?)[ \\t]+([^ \\t]+)(?:[ \\t]+-?[0-9]+)?"
              .formatted(NAME, LABEL, LABEL));
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+[.]?[0-9]*(?:[eE][+-]?[0-9]+)?|Inf|Infinity)|NaN");

  /** Reads a text. Samples are found by their name and labels as written. */
  public static Exposition parse(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("The last line does not end");
    }
    Exposition read =
        new Exposition(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    Set<String> over = new HashSet<>();
    String current = "";
    for (String line : text.lines().toList()) {
      String name = read.add(line);
      if (!name.equals(current)) {
        over.add(current);
        require(!over.contains(name), "Not with the other lines of its metric", line);
        current = name;
      }
    }
    return read;
  }

  /** Adds a line and gives the name of its metric. */
  private String add(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      require(helps.put(help.group(1), help.group(2)) == null, "A second help", line);
      return help.group(1);
    }
    if (type.matches()) {
      String name = type.group(1);
      require(types.put(name, type.group(2)) == null, "A second type", line);
      require(
          samples.keySet().stream().noneMatch(key -> key.replaceFirst("\\{.*", "").equals(name)),
          "A type after a sample",
          line);
      return name;
    }
    require(sample.matches(), "No line of the format", line);
    require(NUMBER.matcher(sample.group(3)).matches(), "No number", line);
    require(samples.put(sample.group(1), number(sample.group(3))) == null, "A second value", line);
    return sample.group(2);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replaceFirst("Inf$", "Infinity"));
  }

  private static void require(boolean holds, String what, String line) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + line);
    }
  }
}
