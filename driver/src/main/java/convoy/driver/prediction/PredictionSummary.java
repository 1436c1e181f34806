package convoy.driver.prediction;

import convoy.driver.evaluation.ConfusionTable;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a classification came to.
 *
 * @param output where the rows are, a URI
 * @param files rows written, one per file
 * @param classified files that were classified
 * @param labels how many files each class was predicted for, where there are any
 * @param unreadable files that were not, by the code of the reason
 * @param labelled how the classes met the folders' names, if they were to be compared
 */
public record PredictionSummary(
    String output,
    long files,
    long classified,
    SortedMap<String, Long> labels,
    SortedMap<String, Long> unreadable,
    Optional<Labelled> labelled) {

  /**
   * The comparison with the folders that the files lie in.
   *
   * @param labels the class names, in the order of the matrix
   * @param matrix row = the folder's class, column = the predicted class
   * @param elsewhere classified files whose folder is named after no class
   * @param flip whether the network looked at mirror images too
   */
  public record Labelled(
      List<String> labels, ConfusionMatrix matrix, long elsewhere, TestTimeFlip flip) {}

  /** The share of files that could not be read, 0 to 1. */
  public double unreadableShare() {
    return (double) (files - classified) / files;
  }

  /** The summary as a text of a few lines, for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "classified %,d of %,d files, %,d unreadable; rows in %s",
        classified,
        files,
        files - classified,
        output);
    unreadable.forEach((code, count) -> line(text, "  %-18s %,9d", code, count));
    labelled.ifPresent(comparison -> append(text, comparison));
    return text.toString();
  }

  private static void append(StringBuilder text, Labelled comparison) {
    ConfusionMatrix matrix = comparison.matrix();
    if (matrix.total() > 0) {
      line(
          text,
          "accuracy %.4f (%,d of %,d files in folders named after a class)%s",
          matrix.accuracy(),
          matrix.correct(),
          matrix.total(),
          comparison.flip().note());
    }
    if (comparison.elsewhere() > 0) {
      line(
          text,
          "%,d classified files lie in folders named after no class: not counted",
          comparison.elsewhere());
    }
    if (matrix.total() > 0) {
      text.append(ConfusionTable.of(comparison.labels(), matrix));
    }
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }
}
