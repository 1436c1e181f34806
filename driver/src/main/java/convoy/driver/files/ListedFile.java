package convoy.driver.files;

import java.io.Serializable;

/**
 * A file as its directory lists it.
 *
 * @param location where it can be opened: for the local file system a URI with every special byte
 *     escaped, for all others Hadoop's name
 * @param length bytes
 * @param problem why it cannot be read, known before trying; empty if nothing speaks against it
 */
public record ListedFile(String location, long length, String problem) implements Serializable {
  public static ListedFile of(String location, long length) {
    return new ListedFile(location, length, "");
  }

  public static ListedFile unreadable(String location, String problem) {
    return new ListedFile(location, 0, problem);
  }

  /** The full name, as the rows of predictions have it. */
  public String path() {
    return LocalFiles.isLocal(location) ? LocalFiles.name(location) : location;
  }
}
