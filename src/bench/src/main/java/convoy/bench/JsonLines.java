package convoy.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.bench.worker.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measurements as JSON, one object per line, for programs to read. */
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  /**
   * The lines: {@code engine}, {@code network}, {@code pixels}, {@code mode}, {@code threads},
   * {@code batchSize}; then {@code imagesPerSecond} (the median), {@code repetitions} (each of
   * them, images per second) and {@code peakMebibytes}, or in their place {@code failure}, the
   * reason.
   */
  static String of(List<Measurement> measurements) {
    StringBuilder lines = new StringBuilder();
    for (Measurement measurement : measurements) {
      lines.append(line(measurement)).append('\n');
    }
    return lines.toString();
  }

  private static String line(Measurement measurement) {
    Workload workload = measurement.workload();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("engine", workload.engine());
    object.put("network", workload.network());
    object.put("pixels", workload.pixels());
    object.put("mode", workload.mode().label());
    object.put("threads", workload.threads());
    object.put("batchSize", workload.batchSize());
    if (measurement.failure().isPresent()) {
      object.put("failure", measurement.failure().get());
    } else {
      object.put("imagesPerSecond", measurement.median());
      object.put("repetitions", measurement.imagesPerSecond());
      object.put("peakMebibytes", measurement.peakMebibytes());
    }
    object.put("version", measurement.version());
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + object, e);
    }
  }
}
