package convoy.driver.store;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The right to write into an output directory: the first line of its file {@code .claim} names the
 * Spark application that came last, the second tells it from others of that name, as two that
 * {@code local-cluster} starts in the same second are. Whoever came before finds out before its
 * next write and stops. So a claim never has to be broken: the next attempt of a killed training
 * takes it over, and a driver that a scheduler has given up, but that still runs, does no harm.
 */
public final class Claim {
  private static final String NAME = ".claim";
  private static final int MOST_BYTES = 1000;

  private final Configuration configuration;
  private final Path directory;
  private final String mark;

  private Claim(Configuration configuration, Path directory, String mark) {
    this.configuration = configuration;
    this.directory = directory;
    this.mark = mark;
  }

  /** Takes the directory, from whoever has it. */
  public static Claim take(Configuration configuration, Path directory, String application)
      throws IOException {
    String mark = application + "\n" + UUID.randomUUID();
    AtomicDirectory.replaceFile(
        configuration, new Path(directory, NAME), mark.getBytes(StandardCharsets.UTF_8));
    return new Claim(configuration, directory, mark);
  }

  /**
   * Checks that nobody has taken the directory since.
   *
   * @throws UserException if somebody has
   */
  public void require() throws IOException {
    String holder = holder();
    if (!holder.equals(mark)) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot go on writing to %s: %s has taken it over from %s (give each training run its own --output)"
              .formatted(directory, application(holder), application(mark)));
    }
  }

  /** Gives the directory back, if nobody has taken it since. */
  public void release() throws IOException {
    if (!holder().equals(mark)) {
      return;
    }
    Path file = new Path(directory, NAME);
    AtomicDirectory.files(configuration, file).delete(file, false);
  }

  private static String application(String mark) {
    return mark.lines().findFirst().orElse("somebody");
  }

  private String holder() throws IOException {
    Path file = new Path(directory, NAME);
    try (var in = Locations.fileSystem(configuration, file).open(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return "a run that has ended or removed " + NAME;
    }
  }
}
