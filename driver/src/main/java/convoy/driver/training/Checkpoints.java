package convoy.driver.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Failures;
import convoy.worker.model.FloatVector;
import convoy.worker.training.TrainingState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a training, one directory each under {@code checkpoints/}: {@code
 * epoch-000007/} with {@code checkpoint.json}, {@code parameters.f32} and {@code optimizer.f32}.
 * Each appears whole or not at all and carries checksums; a damaged one is named and stepped over.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Pattern NAME = Pattern.compile("epoch-([0-9]{6,9})");
  private static final String MANIFEST = "checkpoint.json";
  private static final String PARAMETERS = "parameters.f32";
  private static final String OPTIMIZER = "optimizer.f32";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Configuration configuration;
  private final Path directory;

  /** The checkpoints in {@code directory}, which need not exist yet. */
  Checkpoints(Configuration configuration, Path directory) {
    this.configuration = configuration;
    this.directory = directory;
  }

  /** Where they are. */
  Path directory() {
    return directory;
  }

  /** Saves a checkpoint, over an older one of the same epoch, and deletes all but the newest. */
  void save(Checkpoint checkpoint, int keep) throws IOException {
    byte[] parameters = FloatVector.toBytes(checkpoint.state().parameters());
    byte[] optimizer = FloatVector.toBytes(checkpoint.state().optimizerState());
    CheckpointManifest manifest =
        new CheckpointManifest(
            CheckpointManifest.FORMAT,
            CheckpointManifest.FORMAT_VERSION,
            checkpoint.epoch(),
            checkpoint.state().iteration(),
            FloatVector.sha256(parameters),
            FloatVector.sha256(optimizer),
            checkpoint.settings());
    byte[] json = JSON.writeValueAsBytes(manifest);
    Path target = new Path(directory, "epoch-%06d".formatted(checkpoint.epoch()));
    AtomicDirectory.publish(
        configuration,
        target,
        true,
        (files, path) -> {
          AtomicDirectory.write(files, new Path(path, PARAMETERS), parameters);
          AtomicDirectory.write(files, new Path(path, OPTIMIZER), optimizer);
          AtomicDirectory.write(files, new Path(path, MANIFEST), json);
        });
    for (Path old : newestFirst().stream().skip(keep).toList()) {
      fileSystem().delete(old, true);
    }
  }

  /**
   * The newest checkpoint that is whole; empty if there is none.
   *
   * @throws IOException if the file system is out of reach, which says nothing about a checkpoint
   */
  Optional<Checkpoint> newest() throws IOException {
    for (Path path : newestFirst()) {
      try {
        return Optional.of(load(path));
      } catch (IOException e) {
        Failures.requireOfThisFile(e);
        LOG.warn("Stepping over the damaged checkpoint {}: {}", path, Failures.firstLine(e));
      } catch (IllegalArgumentException e) {
        LOG.warn("Stepping over the damaged checkpoint {}: {}", path, e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Whether there is any checkpoint, whole or not. */
  boolean exist() throws IOException {
    return !newestFirst().isEmpty();
  }

  /** Deletes all checkpoints, and nothing else that lies beside them. */
  void clear() throws IOException {
    for (Path checkpoint : newestFirst()) {
      fileSystem().delete(checkpoint, true);
    }
  }

  /** Deletes what writers that were killed left. */
  void deleteLeftovers() throws IOException {
    AtomicDirectory.deleteLeftovers(configuration, directory);
  }

  private Checkpoint load(Path path) throws IOException {
    CheckpointManifest manifest =
        JSON.readValue(bytes(new Path(path, MANIFEST)), CheckpointManifest.class);
    if (manifest == null
        || !CheckpointManifest.FORMAT.equals(manifest.format())
        || manifest.formatVersion() != CheckpointManifest.FORMAT_VERSION
        || manifest.settings() == null) {
      throw new IOException(MANIFEST + " is not of this version's format");
    }
    float[] parameters = floats(new Path(path, PARAMETERS), manifest.parametersSha256());
    float[] optimizer = floats(new Path(path, OPTIMIZER), manifest.optimizerSha256());
    return new Checkpoint(
        manifest.epoch(),
        new TrainingState(parameters, optimizer, manifest.iteration()),
        manifest.settings());
  }

  private float[] floats(Path file, String sha256) throws IOException {
    byte[] bytes = bytes(file);
    String actual = FloatVector.sha256(bytes);
    if (!actual.equals(sha256)) {
      throw new IOException(
          "the SHA-256 of %s is %s, not %s".formatted(file.getName(), actual, sha256));
    }
    return FloatVector.fromBytes(bytes);
  }

  private byte[] bytes(Path file) throws IOException {
    try (var in = fileSystem().open(file)) {
      return in.readAllBytes();
    }
  }

  private List<Path> newestFirst() throws IOException {
    FileStatus[] statuses;
    try {
      statuses = fileSystem().listStatus(directory);
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return Arrays.stream(statuses)
        .map(FileStatus::getPath)
        .filter(path -> NAME.matcher(path.getName()).matches())
        .sorted(Comparator.comparing(Checkpoints::epoch).reversed())
        .toList();
  }

  private static long epoch(Path path) {
    Matcher matcher = NAME.matcher(path.getName());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private FileSystem fileSystem() throws IOException {
    return directory.getFileSystem(configuration);
  }
}
