package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.monitoring.event.Thumbnail;
import convoy.driver.monitoring.event.UnreadableFile;
import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.UnreadableImageException.Reason;
import convoy.worker.prediction.Classification;
import convoy.worker.prediction.LabelProbability;
import convoy.worker.prediction.Prediction.Classified;
import convoy.worker.prediction.Prediction.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
  private static final ImageShape SHAPE = new ImageShape(3, 2, 2);
  private static final Set<String> CLASSES = Set.of("cat", "dog");

  /** Three hundred files, many of which have the same probability. */
  private static List<Classified> classified() {
    Random random = new Random(7);
    List<Classified> files = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String folder = i < 100 ? "cat" : i < 200 ? "dog" : "else";
      double probability = 0.5 + random.nextInt(20) / 40.0;
      files.add(
          new Classified(
              "file:/" + folder + "/" + i,
              new Classification(List.of(new LabelProbability("cat", probability)))));
    }
    return files;
  }

  private static Examples examples(List<Classified> files, int tasks) {
    SumAccumulator<Examples> sum = new SumAccumulator<>(Examples.NONE);
    TaskReports reports = new TaskReports(new SumAccumulator<>(FileCount.NONE), sum);
    for (int task = 0; task < tasks; task++) {
      TaskReport report = new TaskReport(reports, SHAPE, CLASSES);
      for (int i = task; i < files.size(); i += tasks) {
        report.add(files.get(i), new byte[SHAPE.pixels()]);
        report.add(new Unreadable("file:/" + (1_000 + i), Reason.EMPTY, "it is empty"));
      }
      report.reportExamples();
    }
    return sum.value();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 300})
  void examples_areTheSame_howeverTheFilesAreDealtToTasks(int tasks) {
    assertThat(examples(classified(), tasks)).isEqualTo(examples(classified(), 1));
  }

  @Test
  void examples_areThoseOfTheExtremeProbabilities() {
    List<Classified> files = classified();

    Examples examples = examples(files, 4);

    List<Double> probabilities =
        files.stream().map(file -> file.classification().probability()).sorted().toList();
    assertThat(examples.leastSure())
        .extracting(Thumbnail::probability)
        .isEqualTo(probabilities.subList(0, 12));
    assertThat(examples.surest())
        .hasSize(12)
        .extracting(Thumbnail::probability)
        .containsOnly(probabilities.get(299));
    assertThat(examples.surest().stream().map(Thumbnail::actual).distinct())
        .as("they are not all of one folder")
        .hasSize(3);
    assertThat(examples.wrong())
        .hasSize(12)
        .allSatisfy(picture -> assertThat(picture.actual()).isEqualTo("dog"));
    assertThat(examples.unreadable().get("EMPTY"))
        .extracting(UnreadableFile::path)
        .containsExactly("file:/1000", "file:/1001", "file:/1002");
  }
}
