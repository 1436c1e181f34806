package convoy.driver.ingest.table;

import java.io.Serializable;
import java.util.List;

/** The names of a Parquet file's columns as the file writes them; empty for one that it lacks. */
record PictureColumns(String path, String label, String split, String content)
    implements Serializable {
  /** Those that it has. */
  List<String> present() {
    return List.of(path, label, split, content).stream().filter(name -> !name.isEmpty()).toList();
  }
}
