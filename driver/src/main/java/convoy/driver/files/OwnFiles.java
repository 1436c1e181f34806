package convoy.driver.files;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files that Convoy writes to outputs of one kind. {@code --overwrite} replaces a directory
 * only if one of them is the kind's mark and no file is another, so that an output that was
 * mistyped costs nobody a file. Directories without any file may be replaced.
 */
public final class OwnFiles {
  /**
   * The name of the file that marks an output whose other files could be anybody's. It is no
   * picture: no listing of files to read has it.
   */
  public static final String MARK = ".convoy-output";

  private static final String MARK_TEXT = "Written by Convoy";
  private static final int MARK_BYTES = 1000;

  private final String mark;
  private final String markText;
  private final Pattern others;

  /**
   * The files of a kind of output.
   *
   * @param mark name of the file in the directory that shows its kind
   * @param markText what stands near the beginning of that file
   * @param others regular expression of the paths of all other files, relative to the directory
   */
  public OwnFiles(String mark, String markText, String others) {
    this.mark = mark;
    this.markText = markText;
    this.others = Pattern.compile(others);
  }

  /** The files of a kind of output that has {@link #MARK}; the others as above. */
  public static OwnFiles marked(String others) {
    return new OwnFiles(MARK, MARK_TEXT, others);
  }

  /** What the file {@link #MARK} holds. */
  public static byte[] markContent() {
    return (MARK_TEXT + ", which replaces this directory if it is told --overwrite.\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks that an output is not there, or may be replaced.
   *
   * @param output qualified
   * @param overwrite whether the user has allowed to replace what Convoy wrote
   * @param purpose names in a message what would be written, for instance {@code the model}
   * @throws UserException if it is there and may not, or cannot be looked at
   */
  public void requireFree(
      Configuration configuration, Path output, boolean overwrite, String purpose) {
    if (!overwrite) {
      AtomicDirectory.requireAbsent(configuration, output, purpose);
      return;
    }
    Locations.reach(output, () -> obstacle(configuration, output))
        .ifPresent(
            reason -> {
              throw refused(output, purpose, reason);
            });
  }

  private static UserException refused(Path output, String purpose, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot write %s to %s: --overwrite replaces only what Convoy wrote, and %s (choose another --output, or delete it yourself)"
            .formatted(purpose, output, reason));
  }

  private Optional<String> obstacle(Configuration configuration, Path output) throws IOException {
    if (!Locations.fileSystem(configuration, output).exists(output)) {
      return Optional.empty();
    }
    String root = FileListing.location(configuration, output.toString());
    List<DirectoryEntry> entries = FileListing.in(configuration, root);
    if (entries.stream().anyMatch(entry -> entry.location().equals(root))) {
      return Optional.of("this is a file");
    }
    return foreign(configuration, entries, "", isMarked(configuration, entries))
        .map("it holds \"%s\""::formatted);
  }

  private boolean isMarked(Configuration configuration, List<DirectoryEntry> entries)
      throws IOException {
    for (DirectoryEntry entry : entries) {
      if (!entry.isDirectory() && entry.name().equals(mark)) {
        try (InputStream in = FileListing.open(configuration, entry.location())) {
          return new String(in.readNBytes(MARK_BYTES), StandardCharsets.UTF_8).contains(markText);
        }
      }
    }
    return false;
  }

  /** The first file that is none of these, without a mark the first of all; shown for a message. */
  private Optional<String> foreign(
      Configuration configuration, List<DirectoryEntry> entries, String above, boolean marked)
      throws IOException {
    for (DirectoryEntry entry : entries) {
      String path = above + entry.name();
      Optional<String> foreign = Optional.empty();
      if (entry.isDirectory()) {
        List<DirectoryEntry> below = FileListing.in(configuration, entry.location());
        foreign = foreign(configuration, below, path + "/", marked);
      } else if (!marked || !isOwn(path)) {
        foreign = Optional.of(Shown.name(path));
      }
      if (foreign.isPresent()) {
        return foreign;
      }
    }
    return Optional.empty();
  }

  private boolean isOwn(String path) {
    return path.equals(mark) || others.matcher(path).matches();
  }
}
