package convoy.driver.monitoring.event;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the rows of a prediction job hold, in a few numbers and pictures whatever their number.
 *
 * @param files rows, one per file
 * @param classified files that were classified
 * @param labels how many files each class was predicted for, the largest first; {@value
 *     #MOST_LABELS} at most
 * @param otherLabels predicted classes that are not among them
 * @param otherFiles that these were predicted for
 * @param unreadable files that could not be read, by reason
 * @param comparison with the folders that the files lie in; null if they are not compared
 * @param surest pictures of the files with the highest probability of the predicted class
 * @param leastSure pictures of those with the lowest
 * @param wrong pictures of the surest ones whose folder is named after another class
 */
public record PredictionFigures(
    long files,
    long classified,
    List<LabelCount> labels,
    long otherLabels,
    long otherFiles,
    List<UnreadableFiles> unreadable,
    FolderComparison comparison,
    List<Thumbnail> surest,
    List<Thumbnail> leastSure,
    List<Thumbnail> wrong) {
  private static final int MOST_LABELS = 200;

  /**
   * A class that was predicted.
   *
   * @param label its name
   * @param files that it was predicted for
   */
  public record LabelCount(String label, long files) {}

  /**
   * The files that could not be read for one reason.
   *
   * @param reason its code
   * @param files how many
   * @param examples a few of them
   */
  public record UnreadableFiles(String reason, long files, List<UnreadableFile> examples) {}

  /**
   * How often the predicted class is the one that the file's folder is named after.
   *
   * @param correct files for which it is
   * @param files classified files whose folder is named after a class
   * @param accuracy the share; null without such files
   * @param elsewhere classified files whose folder is named after no class
   */
  public record FolderComparison(long correct, long files, Double accuracy, long elsewhere) {}

  /**
   * The figures of these counts and examples.
   *
   * @param labels files that each class was predicted for, by its name
   */
  public static PredictionFigures of(
      long files,
      Map<String, Long> labels,
      List<UnreadableFiles> unreadable,
      FolderComparison comparison,
      List<Thumbnail> surest,
      List<Thumbnail> leastSure,
      List<Thumbnail> wrong) {
    List<LabelCount> counts =
        labels.entrySet().stream()
            .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparing(LabelCount::files).reversed().thenComparing(LabelCount::label))
            .toList();
    List<LabelCount> largest = counts.subList(0, Math.min(MOST_LABELS, counts.size()));
    long classified = sum(counts);
    return new PredictionFigures(
        files,
        classified,
        List.copyOf(largest),
        counts.size() - largest.size(),
        classified - sum(largest),
        List.copyOf(unreadable),
        comparison,
        surest,
        leastSure,
        wrong);
  }

  private static long sum(List<LabelCount> counts) {
    return counts.stream().mapToLong(LabelCount::files).sum();
  }
}
