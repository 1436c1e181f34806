package convoy.driver.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a mistyped key or choice was meant to be. */
final class Suggestion {
  private Suggestion() {}

  /**
   * The known word nearest to {@code word}, if one is near enough: the right last part in the wrong
   * block, or up to a third of the letters wrong.
   */
  static Optional<String> closest(String word, Collection<String> known) {
    int limit = (word.length() + 2) / 3;
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparingInt(candidate -> editDistance(word, candidate)));
  }

  private static int distance(String word, String candidate) {
    String candidateEnd = lastPart(candidate);
    if (lastPart(word).equals(candidateEnd)) {
      return 0;
    }
    return word.contains(".") ? editDistance(word, candidate) : editDistance(word, candidateEnd);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /**
   * The least number of letters to insert, delete or replace to turn one word into the other
   * (Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966),
   * row by row.
   */
  static int editDistance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
