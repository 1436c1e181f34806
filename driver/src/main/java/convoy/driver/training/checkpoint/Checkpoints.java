package convoy.driver.training.checkpoint;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.DamagedFileException;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of a training run, one directory each under {@code checkpoints/}, such as {@code
 * epoch-000007-round-0003/}. Each appears whole or not at all and carries checksums; a damaged one
 * is named and stepped over.
 */
public final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("epoch-([0-9]{6,9})-round-([0-9]{4,9})");

  private final Configuration configuration;
  private final Path directory;

  /** The directory of a checkpoint, and the place in the training run that its name says. */
  private record Named(Path path, int epoch, int round) {
    private static final Comparator<Named> IN_ORDER =
        Comparator.comparingInt(Named::epoch).thenComparingInt(Named::round);
  }

  /** The checkpoints in {@code directory}, which need not exist yet. */
  public Checkpoints(Configuration configuration, Path directory) {
    this.configuration = configuration;
    this.directory = directory;
  }

  /** Where they are. */
  public Path directory() {
    return directory;
  }

  /**
   * Saves a checkpoint, over an older one of the same round, and deletes all but the newest. Those
   * of later rounds go first: they were damaged and stepped over, or are of an epoch that a
   * training with changed settings begins again.
   */
  public void save(Checkpoint checkpoint, int keep) throws IOException {
    String name = "epoch-%06d-round-%04d".formatted(checkpoint.epoch(), checkpoint.round());
    Named saved = new Named(new Path(directory, name), checkpoint.epoch(), checkpoint.round());
    AtomicDirectory.publish(
        configuration,
        saved.path(),
        true,
        (files, path) -> CheckpointFiles.write(files, path, checkpoint));
    List<Named> all = newestFirst();
    long later = all.stream().filter(other -> Named.IN_ORDER.compare(other, saved) > 0).count();
    delete(all.stream().limit(later).toList());
    delete(all.stream().skip(later + keep).toList());
  }

  /**
   * The newest checkpoint that is whole; empty if there is none.
   *
   * @param damaged receives a line for each checkpoint that is skipped
   * @throws UserException if the newest cannot be read and nothing shows that it is damaged: its
   *     file system may be out of reach, and another Convoy may have written it
   */
  public Optional<Checkpoint> newest(Consumer<String> damaged) throws IOException {
    for (Named named : newestFirst()) {
      try {
        return Optional.of(load(named));
      } catch (DamagedFileException | FileNotFoundException | ChecksumException e) {
        damaged.accept(
            "Skipping the damaged checkpoint %s: %s"
                .formatted(named.path(), Failures.firstLine(e)));
      } catch (IOException e) {
        throw new UserException(
            ExitCode.INPUT,
            "Cannot read the checkpoint %s: %s (check your permissions and that its file system is running; or delete it to resume from the one before)"
                .formatted(named.path(), Failures.firstLine(e)),
            e);
      }
    }
    return Optional.empty();
  }

  /** Whether there is any checkpoint, whole or not. */
  public boolean exist() throws IOException {
    return !newestFirst().isEmpty();
  }

  /** Deletes all checkpoints, and nothing else that lies beside them. */
  public void clear() throws IOException {
    delete(newestFirst());
  }

  /** Deletes what writers that were killed left. */
  public void deleteLeftovers() throws IOException {
    AtomicDirectory.deleteLeftovers(configuration, directory);
  }

  private Checkpoint load(Named named) throws IOException {
    Checkpoint checkpoint = CheckpointFiles.read(configuration, named.path());
    if (checkpoint.epoch() != named.epoch() || checkpoint.round() != named.round()) {
      throw new DamagedFileException(
          "it is of epoch %d round %d".formatted(checkpoint.epoch(), checkpoint.round()));
    }
    return checkpoint;
  }

  private void delete(List<Named> checkpoints) throws IOException {
    for (Named checkpoint : checkpoints) {
      fileSystem().delete(checkpoint.path(), true);
    }
  }

  private List<Named> newestFirst() throws IOException {
    FileStatus[] statuses;
    try {
      statuses = fileSystem().listStatus(directory);
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return Arrays.stream(statuses)
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .flatMap(path -> named(path).stream())
        .sorted(Named.IN_ORDER.reversed())
        .toList();
  }

  private static Optional<Named> named(Path path) {
    Matcher name = NAME.matcher(path.getName());
    return name.matches()
        ? Optional.of(
            new Named(path, Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }

  private FileSystem fileSystem() {
    return Locations.fileSystem(configuration, directory);
  }
}
