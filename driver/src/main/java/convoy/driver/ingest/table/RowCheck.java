package convoy.driver.ingest.table;

import convoy.driver.failure.Shown;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.SplitWords;
import convoy.worker.image.Split;

/** Refuses the rows of a table that do not say which picture has which class. */
final class RowCheck {
  private final String source;
  private boolean splitSeen;
  private boolean splitMissed;

  /** Rows of {@code source}, as the user named it. */
  RowCheck(String source) {
    this.source = source;
  }

  /**
   * Checks a row that names a picture; all of a table are to be checked.
   *
   * @throws convoy.driver.failure.UserException if it has no path or no label, or its split is no
   *     word for one or is missing where other rows have theirs
   */
  void require(TableRow row) {
    if (row.path() == null || row.path().isEmpty()) {
      throw Refusal.of(
          source,
          "a row with the label \"%s\" has no path (give one)",
          row.label() == null ? "" : Shown.name(row.label()));
    }
    requireLabel(row, row.path());
  }

  /**
   * Checks a row, or rows that are alike, with a picture.
   *
   * @param path what messages call the picture
   * @throws convoy.driver.failure.UserException as above, but for the path
   */
  void requireLabel(TableRow row, String path) {
    String shown = Shown.name(path);
    if (row.label() == null || row.label().isEmpty()) {
      throw Refusal.of(
          source, "the row of %s has no label (give one, or leave the row out)", shown);
    }
    splitSeen |= row.split() != null;
    splitMissed |= row.split() == null;
    if (splitSeen && splitMissed) {
      throw Refusal.of(
          source,
          "the row of %s differs from others, since only some have a split (give all one, or none)",
          shown);
    }
    if (row.split() != null && SplitWords.of(row.split()).isEmpty()) {
      throw Refusal.of(
          source,
          "the row of %s has the split \"%s\" (it must be %s)",
          shown,
          Shown.name(row.split()),
          SplitWords.ALL);
    }
  }

  /**
   * The split of a row that has been checked.
   *
   * @param ofFile the split of the rows of its file that have none
   */
  static Split split(TableRow row, Split ofFile) {
    return row.split() == null ? ofFile : SplitWords.of(row.split()).orElseThrow();
  }
}
