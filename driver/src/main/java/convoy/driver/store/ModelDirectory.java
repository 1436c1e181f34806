package convoy.driver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.model.FloatVector;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import convoy.worker.network.Dl4jGraphs;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/**
 * A saved model on any Hadoop file system: {@code model.json}, {@code parameters.f32}, {@code
 * classes.csv} (how each class did in the test) and {@code dl4j-model.zip} (for DL4J elsewhere;
 * Convoy never reads it), and what else its maker puts beside them. It appears whole or not at all,
 * and loading checks everything.
 */
public final class ModelDirectory {
  private static final String DESCRIPTION = "model.json";
  private static final String PARAMETERS = "parameters.f32";
  private static final String CLASSES = "classes.csv";
  private static final String DL4J = "dl4j-model.zip";

  private final Configuration configuration;
  private final Path directory;

  /** The model at {@code directory}, which need not exist yet. */
  public ModelDirectory(Configuration configuration, Path directory) {
    this.configuration = configuration;
    this.directory = directory;
  }

  /**
   * Writes the model.
   *
   * @param description of {@code model}
   * @param test the confusion matrix of the test set
   * @param beside names and contents of more files
   * @param overwrite whether an existing model is replaced
   * @throws UserException if there is one that is not to be replaced
   */
  public void publish(
      InferenceModel model,
      ModelDescription description,
      ConfusionMatrix test,
      Map<String, byte[]> beside,
      boolean overwrite)
      throws IOException {
    byte[] json = StrictJson.bytes(description);
    try {
      AtomicDirectory.publish(
          configuration,
          directory,
          overwrite,
          (files, target) -> {
            AtomicDirectory.write(
                files, new Path(target, PARAMETERS), FloatVector.toBytes(model.parameters()));
            AtomicDirectory.write(files, new Path(target, DESCRIPTION), json);
            AtomicDirectory.write(
                files,
                new Path(target, CLASSES),
                ClassMeasuresCsv.of(model.labels(), test).getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            Dl4jGraphs.write(model.network(), model.parameters(), zip);
            AtomicDirectory.write(files, new Path(target, DL4J), zip.toByteArray());
            for (Map.Entry<String, byte[]> file : beside.entrySet()) {
              AtomicDirectory.write(files, new Path(target, file.getKey()), file.getValue());
            }
          });
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot publish the model at %s: another training run has published one there in the meantime (give each training run its own output)"
              .formatted(directory),
          e);
    }
  }

  /**
   * Reads the model and checks it: its format, its checksum, and that its parts fit together.
   *
   * @throws UserException if there is no model, or it is damaged
   */
  public InferenceModel load() {
    ModelDescription description = describe();
    byte[] bytes = read(PARAMETERS);
    String sha256 = FloatVector.sha256(bytes);
    if (!sha256.equals(description.parametersSha256())) {
      throw damaged(
          "the SHA-256 of %s is %s, and %s says %s"
              .formatted(PARAMETERS, sha256, DESCRIPTION, description.parametersSha256()),
          null);
    }
    if (bytes.length != (long) Float.BYTES * description.parameterCount()) {
      throw damaged(
          "%s has %d bytes, and %s says %d values of 4 bytes"
              .formatted(PARAMETERS, bytes.length, DESCRIPTION, description.parameterCount()),
          null);
    }
    try {
      InferenceModel model = description.withParameters(FloatVector.fromBytes(bytes));
      Dl4jGraphs.requireParameters(model.network(), model.parameters().length);
      return model;
    } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
      throw damaged("its parts do not fit together: " + e.getMessage(), e);
    }
  }

  /** Reads the description alone. */
  public ModelDescription describe() {
    ModelDescription description;
    try {
      description = StrictJson.read(read(DESCRIPTION), ModelDescription.class);
    } catch (JsonProcessingException e) {
      throw damaged(DESCRIPTION + " cannot be read: " + StrictJson.reason(e), e);
    } catch (IOException e) {
      throw damaged(DESCRIPTION + " cannot be read: " + e.getMessage(), e);
    }
    if (description == null || !ModelDescription.FORMAT.equals(description.format())) {
      throw damaged(
          "%s does not say \"format\": \"%s\"".formatted(DESCRIPTION, ModelDescription.FORMAT),
          null);
    }
    if (description.formatVersion() != ModelDescription.FORMAT_VERSION) {
      throw damaged(
          "its format version is %d, and this Convoy reads %d"
              .formatted(description.formatVersion(), ModelDescription.FORMAT_VERSION),
          null);
    }
    requireDifferent(description.labels());
    return description;
  }

  private void requireDifferent(List<String> labels) {
    Set<String> seen = new HashSet<>();
    for (String label : labels == null ? List.<String>of() : labels) {
      if (label != null && !seen.add(label)) {
        throw damaged(
            "%s names the class \"%s\" twice".formatted(DESCRIPTION, Shown.name(label)), null);
      }
    }
  }

  private byte[] read(String name) {
    Path file = new Path(directory, name);
    Locations.fileSystem(configuration, file);
    try {
      FileContext files = AtomicDirectory.files(configuration, file);
      try (var in = files.open(file)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot load a model from %s: there is no %s in it (name the model directory that a training run published, usually OUTPUT/model)"
              .formatted(directory, name),
          e);
    } catch (ChecksumException e) {
      throw damaged("%s cannot be read: %s".formatted(name, Failures.firstLine(e)), e);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot load the model at %s: %s cannot be read: %s (check your permissions and that its file system is running)"
              .formatted(directory, name, Failures.firstLine(e)),
          e);
    }
  }

  private UserException damaged(String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot load the model at %s: %s (publish it again from the training run)"
            .formatted(directory, reason),
        cause);
  }
}
