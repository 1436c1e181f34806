package convoy.driver.ingest;

import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.Leftovers;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** A table beside the folders that an import takes for those of classes; it is not read. */
record TableBesideFolders(String name) {
  /** The first one directly in the folder at a location. */
  static Optional<TableBesideFolders> in(Configuration configuration, String location)
      throws IOException {
    return FileListing.in(configuration, location).stream()
        .filter(entry -> !entry.isDirectory())
        .map(DirectoryEntry::name)
        .filter(name -> FileNames.isTable(name) && !Leftovers.isOne(name))
        .findFirst()
        .map(TableBesideFolders::new);
  }

  /** That it is passed over, as half a sentence. */
  String note() {
    return "the table %s beside the folders is passed over (--kind table reads it)"
        .formatted(Shown.name(name));
  }

  /** A refusal of the folders that says so. */
  UserException addedTo(UserException refusal) {
    return new UserException(refusal.exitCode(), refusal.getMessage() + "; " + note(), refusal);
  }
}
