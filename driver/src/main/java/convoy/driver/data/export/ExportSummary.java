package convoy.driver.data.export;

import java.util.List;

/**
 * Images that were written as files.
 *
 * @param location the directory above the class folders
 * @param folders the folder of each class, in label order
 * @param images the number of files
 * @param bytes their sizes together
 */
public record ExportSummary(String location, List<String> folders, int images, long bytes) {
  /** Copies the list. */
  public ExportSummary {
    folders = List.copyOf(folders);
  }
}
