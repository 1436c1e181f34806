package convoy.driver.ingest.picture;

import convoy.driver.files.ListedFile;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files and folders that operating systems and tools leave beside pictures: macOS ({@code
 * .DS_Store}, {@code ._NAME}, {@code __MACOSX}), Windows ({@code Thumbs.db}, {@code desktop.ini}),
 * network drives and Jupyter. They are passed over; any other name that starts with a dot counts.
 */
public final class Leftovers {
  private static final Set<String> NAMES =
      Set.of(
          ".ds_store",
          ".spotlight-v100",
          ".trashes",
          ".fseventsd",
          "__macosx",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          "@eadir",
          ".ipynb_checkpoints");

  private Leftovers() {}

  /** Whether a file or folder of this name is a leftover. */
  public static boolean isOne(String name) {
    return name.startsWith("._") || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a file below {@code directory} is one or lies in one. */
  public static boolean contain(ListedFile file, String directory) {
    String below = file.path().substring(ListedFile.of(directory, 0).path().length());
    return Arrays.stream(below.split("/")).anyMatch(Leftovers::isOne);
  }
}
