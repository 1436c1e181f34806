package convoy.driver.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunMetricTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("\\bconvoy_[a-z_]+");

  @ParameterizedTest
  @EnumSource
  void names_followPrometheusConventions(RunMetric metric) {
    assertThat(metric.metricName()).matches("convoy(_[a-z]+)+");
    assertThat(metric.metricName().endsWith("_total"))
        .isEqualTo(metric.type() == RunMetric.Type.COUNTER);
    assertThat(metric.help()).matches("[A-Z].*[.]").doesNotContain("\\", "\n");
  }

  @Test
  void names_areOfOneMetricEach() {
    assertThat(Stream.of(RunMetric.values()).map(RunMetric::metricName)).doesNotHaveDuplicates();
  }

  @Test
  void operations_listTheTable() throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("src/docs/operations.md")).stream()
            .filter(line -> line.startsWith("| `convoy_"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(Stream.of(RunMetric.values()).map(RunMetricTest::row).toList());
  }

  private static String row(RunMetric metric) {
    String labels =
        metric.label().isEmpty()
            ? ""
            : "{%s=\"%s\"}"
                .formatted(
                    metric.label(),
                    String.join(
                        "\\|",
                        metric.series().stream().map(RunMetric.Series::labelValue).toList()));
    return "| `%s%s` | %s | %s |"
        .formatted(metric.metricName(), labels, metric.type().word(), metric.help());
  }

  @Test
  void dashboard_queriesAllMetricsAndNoOthers() throws IOException {
    Set<String> names = new TreeSet<>();
    List<String> queries = texts(dashboard(), "expr");
    for (String query : queries) {
      Matcher name = NAME.matcher(query);
      while (name.find()) {
        names.add(name.group());
      }
    }

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RunMetric.values()).map(RunMetric::metricName).toList());
    assertThat(queries).allMatch(query -> query.contains("{instance=~\"$instance\"}"));
  }

  @Test
  void dashboard_labelsInLegendsAreThoseOfTheMetric() throws IOException {
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        Matcher label =
            Pattern.compile("\\{\\{(.*?)}}").matcher(target.path("legendFormat").asText());
        while (label.find()) {
          assertThat(Stream.of(RunMetric.values()))
              .anyMatch(
                  metric ->
                      target.path("expr").asText().contains(metric.metricName() + "{")
                          && metric.label().equals(label.group(1)));
        }
      }
    }
  }

  @Test
  void dashboard_takesItsDataFromTheVariableAlone() throws IOException {
    assertThat(texts(dashboard(), "uid")).isNotEmpty().containsOnly("${datasource}");
    assertThat(dashboard().has("id")).isFalse();
    assertThat(dashboard().has("uid")).isFalse();
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(ROOT.resolve("conf/grafana-dashboard.json").toFile());
  }

  private static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.findValues(field).forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
