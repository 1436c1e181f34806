package convoy.driver.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The points of a sweep: each gives values to some keys. Written as grids, such as {@code
 * training.replicas=1; training.replicas=2,4 training.local-steps=1,16}: a grid is every
 * combination of its keys' values, and a sweep takes one grid after the other. Values stand in
 * names of folders and in cells of tables, so they are of letters, digits and {@code . _ + -}.
 *
 * @param points key to value, in the order written, the last key of a grid changing fastest
 */
public record SweepGrid(List<Map<String, String>> points) {
  /** Each is at least one training run. */
  private static final int MOST_POINTS = 1_000;

  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._+-]+");

  /**
   * Reads grids; of none, there are no points.
   *
   * @throws IllegalArgumentException if a part is not {@code key=value,value}, a value has another
   *     character, a point comes twice, or there are more than {@value #MOST_POINTS}
   */
  public static SweepGrid parse(String text) {
    List<Map<String, String>> points = new ArrayList<>();
    for (String grid : text.isBlank() ? new String[0] : text.split(";", -1)) {
      points.addAll(combinations(grid.strip()));
    }
    requireFew(points.size());
    if (Set.copyOf(points).size() < points.size()) {
      throw new IllegalArgumentException("a combination of values is in it twice");
    }
    return new SweepGrid(List.copyOf(points));
  }

  /** Every key of any point, in the order of their first mention. */
  public List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    points.forEach(point -> keys.addAll(point.keySet()));
    return List.copyOf(keys);
  }

  private static List<Map<String, String>> combinations(String grid) {
    List<Map<String, String>> points = List.of(Map.of());
    for (String axis : grid.split("\\s+", -1)) {
      int equals = axis.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'%s' is not key=value,value".formatted(axis));
      }
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : axis.substring(equals + 1).split(",", -1)) {
          longer.add(with(point, axis.substring(0, equals), value));
        }
      }
      requireFew(longer.size());
      points = longer;
    }
    return points;
  }

  private static void requireFew(int points) {
    if (points > MOST_POINTS) {
      throw new IllegalArgumentException(
          "it has more than %d combinations of values".formatted(MOST_POINTS));
    }
  }

  private static Map<String, String> with(Map<String, String> point, String key, String value) {
    Map<String, String> longer = new LinkedHashMap<>(point);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("%s has an empty value".formatted(key));
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s has the value '%s', which cannot stand in a folder's name as letters, digits and . _ + - can"
              .formatted(key, value));
    }
    if (longer.put(key, value) != null) {
      throw new IllegalArgumentException("%s is twice in one grid".formatted(key));
    }
    return longer;
  }
}
