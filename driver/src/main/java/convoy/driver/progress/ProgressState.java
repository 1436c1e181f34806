package convoy.driver.progress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far something is, at one moment.
 *
 * @param share of it that is done, 0 to 1
 * @param facts about it, in the order in which they are shown
 */
public record ProgressState(double share, List<Fact> facts) {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 10;

  /** One column of so many is for the bar, whatever the facts: it would jump with their lengths. */
  private static final int SHARE_OF_COLUMNS = 5;

  private static final int BRACKETS_AND_BLANK = 3;
  private static final String BETWEEN = ", ";

  /**
   * A few words of a line.
   *
   * @param rank facts of the highest rank are left out first where there is no room for all
   */
  public record Fact(int rank, String text) {}

  /** Copies the facts. */
  public ProgressState {
    share = Math.max(0, Math.min(1, share));
    facts = List.copyOf(facts);
  }

  /** All facts. */
  public String text() {
    return joined(facts);
  }

  /**
   * A bar and behind it as many facts as there is room for.
   *
   * @param columns at most so long, 1 or more
   */
  public String line(int columns) {
    List<Fact> shown = new ArrayList<>(facts);
    int bar = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, columns / SHARE_OF_COLUMNS));
    int room = columns - bar - BRACKETS_AND_BLANK;
    while (shown.size() > 1 && joined(shown).length() > room) {
      shown.remove(shown.stream().max(Comparator.comparingInt(Fact::rank)).orElseThrow());
    }
    String text = joined(shown);
    String line = text.length() > room ? text : bar(bar) + " " + text;
    return line.substring(0, Math.min(columns, line.length()));
  }

  private String bar(int length) {
    int done = (int) (share * length);
    return "[" + "#".repeat(done) + ".".repeat(length - done) + "]";
  }

  private static String joined(List<Fact> facts) {
    return facts.stream().map(Fact::text).collect(Collectors.joining(BETWEEN));
  }
}
