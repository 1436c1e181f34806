package convoy.driver.files;

/**
 * A file or a directory in a directory.
 *
 * @param location where it can be opened, as {@link ListedFile} has it
 * @param length bytes of a file; for a directory it means nothing
 * @param isDirectory whether more can lie in it
 */
public record DirectoryEntry(String location, long length, boolean isDirectory) {
  /** The last part of its full name; a byte that is no UTF-8 is shown as {@code \xHH}. */
  public String name() {
    String path = ListedFile.of(location, length).path();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The entry as a file to read. */
  public ListedFile file() {
    return ListedFile.of(location, length);
  }
}
