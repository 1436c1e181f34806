package convoy.driver.data.export;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import java.util.HashSet;
import java.util.List;

/**
 * Folder names for classes: the class name itself, except that characters that a Hadoop path, a
 * glob or a shell reads as something else become underscores, and so does a leading dot.
 */
public final class FolderNames {
  private FolderNames() {}

  /**
   * The folder of each class, in label order.
   *
   * @throws UserException if two classes would share one
   */
  public static List<String> of(List<String> classNames) {
    List<String> folders = classNames.stream().map(FolderNames::folder).toList();
    HashSet<String> seen = new HashSet<>();
    for (String folder : folders) {
      if (!seen.add(folder)) {
        throw new UserException(
            ExitCode.INPUT,
            "Cannot give every class its folder: two class names become \"%s\" (rename one of the classes)"
                .formatted(Shown.name(folder)));
      }
    }
    return folders;
  }

  private static String folder(String className) {
    return className.replaceAll("[^\\p{L}\\p{M}\\p{N} ._+-]", "_").replaceFirst("^[.]", "_");
  }
}
