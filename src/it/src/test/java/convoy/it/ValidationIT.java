package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A training run whose length and result validation images decide. */
@ExtendWith(ClusterExtension.class)
final class ValidationIT {
  private final Cluster cluster;
  private final PictureTraining pictures;

  ValidationIT(Cluster cluster, PictureTraining pictures) {
    this.cluster = cluster;
    this.pictures = pictures;
  }

  @Test
  void everyEpoch_isMeasuredOnAllValidationImagesAndOnNoTestImage() throws Exception {
    long images = 0;
    for (JsonNode count :
        pictures.imageSet(PictureTraining.IMAGES).at("/imagesPerClass/validation")) {
      images += count.longValue();
    }

    for (JsonNode epoch : pictures.output().metrics("epoch")) {
      assertThat(epoch.get("validationCount").longValue()).isEqualTo(images);
      assertThat(epoch.get("validationAccuracy").doubleValue())
          .isEqualTo(epoch.get("validationCorrect").doubleValue() / images);
      assertThat(epoch.get("testCorrect")).isNull();
    }
  }

  @Test
  void run_endsWhenItsPatienceDoesAndPublishesItsBestEpoch() throws Exception {
    List<Integer> correct = validationCorrect(PictureTraining.NAME);

    // Over again by hand: the earliest of the best, until none has been better for long.
    int best = 0;
    int epoch = 1;
    while (epoch < PictureTraining.EPOCHS && epoch - 1 - best < PictureTraining.PATIENCE) {
      best = correct.get(epoch) > correct.get(best) ? epoch : best;
      epoch++;
    }
    assertThat(correct).hasSize(epoch);
    List<JsonNode> metrics = pictures.output().metrics();
    assertThat(metrics.get(metrics.size() - 1).get("kind").textValue()).isEqualTo("end");
    JsonNode test = metrics.get(metrics.size() - 2);
    assertThat(pictures.output().metrics("test")).containsExactly(test);
    assertThat(test.get("epoch").intValue()).isEqualTo(best + 1);
    assertThat(test.get("testCorrect")).isEqualTo(pictures.output().model().at("/test/correct"));
  }

  @Test
  void driverKilledInTheLastEpoch_resumesToTheBestEpochAndItsParameters() throws Exception {
    String name = "train-pictures-killed";
    List<Integer> expected = validationCorrect(PictureTraining.NAME);
    String often = "--set=checkpoint.every-minutes=0.000001";
    try (Program program = cluster.start(name + "-1", pictures.again(name, often))) {
      program.awaitError("epoch %d round 1 ".formatted(expected.size()));
    }
    assertThat(pictures.output(name).names()).doesNotContain("model");

    Outcome resumed =
        cluster.run(name + "-2", pictures.again(name, often, "--resume", "--master=local[2]"));

    assertThat(resumed.exitCode()).as(resumed::text).isZero();
    assertThat(resumed.err()).anyMatch(line -> line.contains("Resuming after "));
    assertThat(pictures.output(name).parametersSha256())
        .isEqualTo(pictures.output().parametersSha256());
    assertThat(validationCorrect(name)).isEqualTo(expected);
    assertThat(test(name)).isEqualTo(test(PictureTraining.NAME));
  }

  /** What the one test came to, without its time. */
  private JsonNode test(String name) throws IOException {
    List<JsonNode> tests = pictures.output(name).metrics("test");
    assertThat(tests).hasSize(1);
    return ((ObjectNode) tests.get(0)).without("time");
  }

  private List<Integer> validationCorrect(String name) throws IOException {
    List<Integer> correct = new ArrayList<>();
    pictures
        .output(name)
        .metrics("epoch")
        .forEach(epoch -> correct.add(epoch.get("validationCorrect").intValue()));
    return correct;
  }
}
