package convoy.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The output directory of a training, read as a stranger would. */
final class TrainingOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path directory;

  TrainingOutput(FileSystem files, String directory) {
    this.files = files;
    this.directory = new Path(directory);
  }

  /** The names in a folder, sorted; the output's own are in "". */
  List<String> names(String folder) throws IOException {
    return Arrays.stream(files.listStatus(path(folder)))
        .map(status -> status.getPath().getName())
        .sorted()
        .toList();
  }

  /** The bytes of a file. */
  byte[] bytes(String file) throws IOException {
    try (var in = files.open(path(file))) {
      return in.readAllBytes();
    }
  }

  /** {@code model/model.json}. */
  JsonNode model() throws IOException {
    return JSON.readTree(bytes("model/model.json"));
  }

  /** The checksum by which two trainings are told to be the same. */
  String parametersSha256() throws IOException {
    return model().get("parametersSha256").textValue();
  }

  /** The objects of {@code metrics.jsonl} of one kind, {@code round} or {@code epoch}. */
  List<JsonNode> metrics(String kind) throws IOException {
    List<JsonNode> metrics = new ArrayList<>();
    for (String line : new String(bytes("metrics.jsonl"), UTF_8).lines().toList()) {
      JsonNode object = JSON.readTree(line);
      if (object.get("kind").textValue().equals(kind)) {
        metrics.add(object);
      }
    }
    return metrics;
  }

  private Path path(String name) {
    return name.isEmpty() ? directory : new Path(directory, name);
  }
}
