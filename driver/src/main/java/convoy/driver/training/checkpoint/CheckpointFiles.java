package convoy.driver.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.ChecksummedDirectory;
import convoy.driver.store.StrictJson;
import convoy.driver.training.consensus.Consensus;
import convoy.worker.model.FloatVector;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/**
 * The files of one checkpoint: {@code checkpoint.json}, a file of raw little-endian float32 for
 * each vector that has values, and {@code SHA256SUMS}. No vector is ever in memory twice.
 */
final class CheckpointFiles {
  private static final String MANIFEST = "checkpoint.json";
  private static final String PARAMETERS = "parameters.f32";
  private static final String OPTIMIZER = "optimizer.f32";
  private static final String OUTER_MOMENTUM = "outer-momentum.f32";
  private static final String MEAN_PARAMETERS = "mean-parameters.f32";
  private static final String BEST_PARAMETERS = "best-parameters.f32";

  /** What is read first: the rest is as the version has it. */
  private record Format(String format, int formatVersion) {}

  private CheckpointFiles() {}

  /** Writes the files into an empty directory. */
  static void write(FileContext files, Path directory, Checkpoint checkpoint) throws IOException {
    Consensus consensus = checkpoint.consensus();
    byte[] manifest = StrictJson.bytes(CheckpointManifest.of(checkpoint));
    Map<String, ChecksummedDirectory.Writer> content = new LinkedHashMap<>();
    content.put(MANIFEST, out -> out.write(manifest));
    addVector(content, PARAMETERS, consensus.state().parameters());
    addVector(content, OPTIMIZER, consensus.state().optimizerState());
    addVector(content, OUTER_MOMENTUM, consensus.outerMomentum());
    addVector(content, MEAN_PARAMETERS, consensus.meanParameters());
    addVector(content, BEST_PARAMETERS, checkpoint.standing().bestParameters());
    ChecksummedDirectory.write(files, directory, content);
  }

  /**
   * Reads a checkpoint. What the manifest says is believed, and memory taken for it, only after its
   * own checksum and the length of each file have been compared.
   *
   * @throws convoy.driver.store.DamagedFileException if a file is missing, or not as it was written
   * @throws UserException if all is as it was written, but not by such a Convoy
   */
  static Checkpoint read(Configuration configuration, Path directory) throws IOException {
    ChecksummedDirectory files = ChecksummedDirectory.open(configuration, directory);
    CheckpointManifest manifest = manifest(directory, files.text(MANIFEST));
    TrainingState state =
        new TrainingState(
            vector(files, PARAMETERS, manifest.parameters()),
            vector(files, OPTIMIZER, manifest.optimizerState()),
            manifest.iteration());
    return manifest.toCheckpoint(
        new Consensus(
            state,
            vector(files, OUTER_MOMENTUM, manifest.outerMomentum()),
            vector(files, MEAN_PARAMETERS, manifest.meanParameters())),
        vector(files, BEST_PARAMETERS, manifest.bestParameters()));
  }

  private static CheckpointManifest manifest(Path directory, String text) throws IOException {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    try {
      Format written = StrictJson.read(json, Format.class);
      Optional<String> obstacle =
          CheckpointManifest.obstacle(written.format(), written.formatVersion());
      if (obstacle.isPresent()) {
        throw unreadable(directory, obstacle.get(), null);
      }
      return StrictJson.read(json, CheckpointManifest.class);
    } catch (JsonProcessingException e) {
      throw unreadable(directory, StrictJson.reason(e), e);
    }
  }

  private static UserException unreadable(Path directory, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot resume from the checkpoint %s: %s (resume with the version of Convoy that wrote it, or give --overwrite instead of --resume to start again)"
            .formatted(directory, reason),
        cause);
  }

  private static void addVector(
      Map<String, ChecksummedDirectory.Writer> content, String name, float[] values) {
    if (values.length > 0) {
      content.put(name, out -> FloatVector.write(values, out));
    }
  }

  private static float[] vector(ChecksummedDirectory files, String name, int count)
      throws IOException {
    return count == 0
        ? new float[0]
        : files.read(name, (long) count * Float.BYTES, in -> FloatVector.read(in, count));
  }
}
