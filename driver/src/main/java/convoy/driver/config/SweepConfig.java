package convoy.driver.config;

import convoy.driver.sweep.SweepGrid;
import java.util.Arrays;
import java.util.List;

/**
 * What a sweep compares.
 *
 * @param grid its points
 * @param seeds of the training runs of each point, 1 or more
 */
public record SweepConfig(SweepGrid grid, List<Long> seeds) {
  static SweepConfig read(ConfigReader reader) {
    return new SweepConfig(
        reader
            .key("sweep.vary")
            .text(
                "key=value,value with spaces between keys and semicolons between grids",
                SweepGrid::parse),
        reader
            .key("sweep.seeds")
            .text("whole numbers with commas between them", SweepConfig::parseSeeds));
  }

  private static List<Long> parseSeeds(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(SweepConfig::parseSeed)
        .distinct()
        .toList();
  }

  private static long parseSeed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not a whole number".formatted(text), e);
    }
  }
}
