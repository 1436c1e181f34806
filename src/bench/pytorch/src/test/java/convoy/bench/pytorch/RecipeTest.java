package convoy.bench.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.training.LearningRate;
import convoy.worker.training.LearningRateSchedule;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static final Path HOME = Path.of("../../..");
  private static final Path REFERENCE = HOME.resolve("driver/src/main/resources/reference.conf");
  private static final Path FLOWERS = HOME.resolve("conf/flowers.conf");

  private static Recipe flowersWith(Map<String, String> settings) {
    return Recipe.read(REFERENCE, FLOWERS, settings);
  }

  @Test
  void scenario_overReference_isTheRecipe() {
    Recipe recipe =
        flowersWith(
            Map.of(
                "training.epochs", "2",
                "training.replicas", "4",
                "training.batch-size", "8",
                "optimizer.sgd.learning-rate", "0.3",
                "augmentation.resized-crop.area", "0.5"));

    assertThat(recipe.epochs()).isEqualTo(2);
    assertThat(recipe.batchSize()).isEqualTo(32);
    assertThat(recipe.peak()).isEqualTo(0.3);
    assertThat(recipe.momentum()).isEqualTo(0.9);
    assertThat(recipe.flips()).isTrue();
    assertThat(recipe.resizedCrop()).isEqualTo(new ResizedCrop(0.5, 1.3333));
    assertThat(recipe.schedule()).isEqualTo(new LearningRateSchedule.OneCycle(0.25, 0.04, 0));
  }

  @Test
  void linearScaling_ofTheWholeMinibatch_isItsShareOf128() {
    Map<String, String> settings =
        Map.of(
            "schedule.scaling", "linear",
            "training.replicas", "2",
            "training.batch-size", "16",
            "optimizer.sgd.learning-rate", "0.2");

    assertThat(flowersWith(settings).peak()).isEqualTo(0.05, within(1e-15));
  }

  @Test
  void learningRate_overAllSteps_climbsToThePeakAndFalls() {
    LearningRate rate =
        flowersWith(
                Map.of(
                    "training.epochs", "4",
                    "training.replicas", "1",
                    "training.batch-size", "10",
                    "optimizer.sgd.learning-rate", "1"))
            .learningRate(95);

    // 4 epochs of 10 steps, the last of 5 images: a triangle from 0.04 at 0 by 1 at 10 to 0 at 40.
    assertThat(rate.steps()).isEqualTo(40);
    assertThat(rate.at(0)).isEqualTo(0.04 + 0.96 * 0.5 / 10, within(1e-12));
    assertThat(rate.at(10)).isEqualTo(1 - 0.5 / 30, within(1e-12));
    assertThat(rate.at(39)).isEqualTo(0.5 / 30, within(1e-12));
  }

  @Test
  void settingThatIsNotFollowed_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flowersWith(Map.of("augmentation.cutout", "0.5")))
        .withMessage(
            "Cannot train by %s in PyTorch: its convoy.augmentation.cutout = 0.5 is not written there (leave it out)",
            FLOWERS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flowersWith(Map.of("optimizer.kind", "adam")))
        .withMessageContaining("its convoy.optimizer.kind = adam is not written there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flowersWith(Map.of("augmentation.flip", "alternating")))
        .withMessage(
            "Cannot train with augmentation.flip = alternating in PyTorch: none and random are written (choose one)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flowersWith(Map.of("schedule.kind", "step")))
        .withMessage(
            "Cannot train with schedule.kind = step in PyTorch: constant, cosine and one-cycle are written (choose one)");
  }

  @Test
  void scenarioThatIsNotThere_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recipe.read(REFERENCE, Path.of("none.conf"), Map.of()))
        .withMessage(
            "Cannot read none.conf: there is no such file (give a scenario such as conf/flowers.conf)");
  }
}
