package convoy.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.monitoring.page.TrainingPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Training runs as one HTML file that loads nothing else: what the tab in Spark's UI shows. */
public final class RunReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunReport() {}

  /** The report of runs, side by side, as a file's content. */
  public static byte[] of(List<RunView> runs) {
    String title =
        runs.size() == 1
            ? "Convoy: a training run of " + runs.get(0).setup().network()
            : "Convoy: " + runs.size() + " training runs";
    try {
      String json =
          JSON.writeValueAsString(
              Map.of(
                  "time",
                  runs.stream().mapToLong(RunView::updated).max().orElse(0),
                  "live",
                  false,
                  "runs",
                  runs,
                  "mishaps",
                  List.of()));
      return TrainingPage.document(title, json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write training runs as JSON", e);
    }
  }
}
