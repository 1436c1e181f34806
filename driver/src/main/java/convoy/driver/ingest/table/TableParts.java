package convoy.driver.ingest.table;

import convoy.driver.failure.Shown;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.SplitWords;
import convoy.worker.image.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * The files of a table: one file, or those in a folder. Of a folder, names that begin with {@code
 * _} or {@code .} are passed over as Hadoop's and Spark's readers do; and if the names begin with
 * the words of splits, these are the splits of the rows, as in {@code train.csv} and {@code
 * test.csv}.
 *
 * @param folder the location of the folder that they lie in
 * @param parts in the order of their locations, at least one
 */
record TableParts(String folder, List<TablePart> parts) {
  /**
   * The files of the table at a location.
   *
   * @param source what messages call the table
   * @throws convoy.driver.failure.UserException if there are none, or they do not belong together
   */
  static TableParts at(Configuration configuration, String source, String location)
      throws IOException {
    List<DirectoryEntry> entries = FileListing.in(configuration, location);
    boolean single = entries.size() == 1 && entries.get(0).location().equals(location);
    List<DirectoryEntry> files =
        entries.stream()
            .filter(entry -> !entry.isDirectory() && FileNames.isTable(entry.name()))
            .filter(entry -> single || !isHidden(entry.name()))
            .toList();
    if (files.isEmpty()) {
      throw Refusal.of(
          source,
          "it is not a table (give a .csv, .json, .jsonl or .parquet file, or a folder of such"
              + " files, whose names do not begin with _ or .)");
    }
    requireOneFormat(source, files);
    if (single) {
      String folder = location.substring(0, location.lastIndexOf('/'));
      return new TableParts(folder, List.of(new TablePart(location, Split.TRAINING)));
    }
    return new TableParts(location, withSplits(source, files));
  }

  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private static void requireOneFormat(String source, List<DirectoryEntry> files) {
    Set<String> formats = new TreeSet<>();
    for (DirectoryEntry file : files) {
      String suffix = FileNames.suffix(file.name());
      formats.add(Set.of("csv", "parquet").contains(suffix) ? suffix : "json");
    }
    if (formats.size() > 1) {
      throw Refusal.of(
          source, "it holds tables of several formats, %s (give one of them)", formats);
    }
  }

  private static List<TablePart> withSplits(String source, List<DirectoryEntry> files) {
    List<TablePart> parts = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (DirectoryEntry file : files) {
      Optional<Split> split = SplitWords.ofFirstWord(file.name());
      parts.add(new TablePart(file.location(), split.orElse(Split.TRAINING)));
      if (split.isEmpty()) {
        without.add(file.name());
      }
    }
    if (!without.isEmpty() && without.size() < files.size()) {
      throw Refusal.of(
          source,
          "the name of %s begins with no split, but names of other tables in it do (begin every name"
              + " with %s, or none)",
          Shown.name(without.get(0)),
          SplitWords.ALL);
    }
    return parts;
  }
}
