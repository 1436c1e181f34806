package convoy.driver.ingest.table;

import convoy.driver.files.FileListing;
import convoy.worker.image.Split;

/**
 * A file of a table.
 *
 * @param location where it lies
 * @param split of its rows where the table has no column for it
 */
record TablePart(String location, Split split) {
  /** Its full name. */
  String path() {
    return FileListing.path(location);
  }
}
