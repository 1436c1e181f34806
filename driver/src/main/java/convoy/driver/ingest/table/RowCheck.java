package convoy.driver.ingest.table;

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
   * Checks one row; all of a table are to be checked.
   *
   * @throws convoy.driver.failure.UserException if it has no path or no label, or its split is no
   *     word for one or is missing where other rows have theirs
   */
  void require(TableRow row) {
    if (row.path() == null || row.path().isEmpty()) {
      throw Refusal.of(source, "a row with the label \"%s\" has no path (give one)", row.label());
    }
    if (row.label() == null || row.label().isEmpty()) {
      throw Refusal.of(
          source, "the row of %s has no label (give one, or leave the row out)", row.path());
    }
    splitSeen |= row.split() != null;
    splitMissed |= row.split() == null;
    if (splitSeen && splitMissed) {
      throw Refusal.of(
          source,
          "the row of %s differs from others, since only some have a split (give all one, or none)",
          row.path());
    }
    split(row);
  }

  /** The split of a row; training if the table has none. */
  Split split(TableRow row) {
    return row.split() == null
        ? Split.TRAINING
        : SplitWords.of(row.split())
            .orElseThrow(
                () ->
                    Refusal.of(
                        source,
                        "the row of %s has the split \"%s\" (it must be %s)",
                        row.path(),
                        row.split(),
                        SplitWords.ALL));
  }
}
