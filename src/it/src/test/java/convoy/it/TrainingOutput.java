package convoy.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The output directory of a training, read as a stranger would. */
final class TrainingOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hdfs hdfs;
  private final String directory;

  TrainingOutput(Hdfs hdfs, String directory) {
    this.hdfs = hdfs;
    this.directory = directory;
  }

  /** The names in it. */
  List<String> names() throws IOException {
    return hdfs.names(directory);
  }

  /** The names in one of its folders. */
  List<String> names(String folder) throws IOException {
    return hdfs.names(directory + "/" + folder);
  }

  /** {@code model/parameters.f32}. */
  byte[] parameters() throws IOException {
    return hdfs.bytes(directory + "/model/parameters.f32");
  }

  /** {@code model/model.json}. */
  JsonNode model() throws IOException {
    return JSON.readTree(hdfs.bytes(directory + "/model/model.json"));
  }

  /** The checksum by which two trainings are told to be the same. */
  String parametersSha256() throws IOException {
    return model().get("parametersSha256").textValue();
  }

  /** The rows below the heading of {@code model/classes.csv}: label, images, correct, ... */
  List<String[]> classTable() throws IOException {
    return hdfs.lines(directory + "/model/classes.csv").stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  /**
   * The objects of {@code metrics.jsonl} of one kind: {@code round}, {@code epoch} or {@code test}.
   */
  List<JsonNode> metrics(String kind) throws IOException {
    return metrics().stream()
        .filter(object -> object.get("kind").textValue().equals(kind))
        .toList();
  }

  /** The objects of {@code metrics.jsonl}. */
  List<JsonNode> metrics() throws IOException {
    List<JsonNode> metrics = new ArrayList<>();
    for (String line : hdfs.lines(directory + "/metrics.jsonl")) {
      metrics.add(JSON.readTree(line));
    }
    return metrics;
  }
}
