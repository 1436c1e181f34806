package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetOrigin;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultSettingsTest {
  private static Map<String, String> of(String... settings) {
    return found("dl4j", "cpu", "f", settings);
  }

  private static Map<String, String> found(
      String engine, String device, String fingerprint, String... settings) {
    return found(engine, device, set(CifarRecord.SHAPE, 2, Fit.CROP, "cat"), fingerprint, settings);
  }

  private static ImageSet set(ImageShape shape, int margin, Fit fit, String first) {
    return new ImageSet(
        "file:/set",
        shape,
        margin,
        fit,
        List.of(first, "dog"),
        ImageSetContents.UNKNOWN,
        new ImageSetOrigin("", "folders", Map.of(), "", Map.of(), 0, 0, 0));
  }

  private static Map<String, String> found(
      String engine, String device, ImageSet set, String fingerprint, String... settings) {
    ConvoyConfig config = ConvoyConfig.load(ConfigSources.of(settings));
    return ResultSettings.of(
        config.resultSettings(),
        new NetworkSpec(config.network().name(), CifarRecord.SHAPE, 10),
        engine,
        device,
        set,
        fingerprint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.epochs=7",
        "training.stuck-epochs=0",
        // resnet-20 has no dropout.
        "training.dropout-share=0.5",
        "optimizer.sgd.momentum=0",
        "schedule.end=0.5",
        "schedule.step.factor=0.5",
        "schedule.scaling-images=64",
        "averaging.post-local.share=0.1",
        "averaging.qsr.alpha=1",
        "averaging.reduction=sliced",
        "averaging.batch-norm-images=100",
        "averaging.outer.bmuf.momentum=0.1",
        "averaging.mean.half-life=3",
        "averaging.mean.tail-share=0.5",
        "checkpoint.keep=5",
        "evaluation.batch-size=8"
      })
  void settingThatLiesIdle_isNoneOfThem(String setting) {
    assertThat(of(setting)).isEqualTo(of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "network.name=vgg-11; training.dropout-share=0.5",
        "schedule.warm-up=0.1; training.epochs=7",
        "schedule.kind=cosine; training.epochs=7",
        "schedule.kind=cosine; schedule.end=0.5",
        "schedule.kind=step; schedule.step.factor=0.5",
        "schedule.scaling=linear; schedule.scaling-images=64",
        "averaging.when=post-local; training.epochs=7",
        "averaging.when=post-local; averaging.post-local.share=0.1",
        "averaging.when=qsr; averaging.qsr.alpha=1",
        "averaging.when=qsr; training.local-steps=16",
        "averaging.batch-norm=recompute; averaging.batch-norm-images=100",
        "averaging.outer.kind=bmuf; averaging.outer.bmuf.momentum=0.1",
        "averaging.mean.kind=exponential; averaging.mean.half-life=3",
        "averaging.mean.kind=tail; averaging.mean.tail-share=0.5",
        "averaging.mean.kind=tail; training.epochs=7",
        "training.seed=1; augmentation.cutout=0.25",
        "augmentation.resized-crop.area=0.5; augmentation.resized-crop.ratio=2",
        "training.seed=1; augmentation.flip=alternating",
        "training.seed=1; averaging.optimizer-state=reset"
      })
  void settingInUse_isOneOfThem(String use, String setting) {
    assertThat(of(use, setting)).isNotEqualTo(of(use));
  }

  @Test
  void engineDataAndDevice_areThoseThatWereFound_notThoseThatWereAskedFor() {
    assertThat(of("engine.name=dl4j", "engine.device=cpu", "data.path=x")).isEqualTo(of());
    assertThat(found("onednn", "cpu", "f")).isNotEqualTo(of());
    assertThat(found("dl4j", "gpu", "f")).isNotEqualTo(of());
    assertThat(found("dl4j", "cpu", "g")).isNotEqualTo(of());
  }

  @Test
  void stepsBetweenAveragings_lieIdle_whereAnEpochHasOne() {
    assertThat(of("averaging.when=epoch", "training.local-steps=16"))
        .isEqualTo(of("averaging.when=epoch"));
  }

  @Test
  void optimizerStateThatIsNotThere_cannotBeAveragedFromNowOn() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ResultSettings.changes(of("averaging.optimizer-state=reset"), of()))
        .withMessage(
            "Cannot resume the training run: averaging.optimizer-state was RESET and is now AVERAGE (give the old value, or start again with another --output)");
  }

  static Stream<Arguments> otherSetsOfTheSameRecords() {
    ImageShape shape = CifarRecord.SHAPE;
    return Stream.of(
        arguments(
            set(new ImageShape(3, 64, 16), 2, Fit.CROP, "cat"),
            "data shape was 3x32x32 with a margin of 2 and is now 3x64x16 with a margin of 2"),
        arguments(
            set(shape, 0, Fit.CROP, "cat"),
            "data shape was 3x32x32 with a margin of 2 and is now 3x32x32 with a margin of 0"),
        arguments(set(shape, 2, Fit.PAD, "cat"), "data fit was CROP and is now PAD"),
        arguments(
            set(shape, 2, Fit.CROP, "a\n" + "b".repeat(1000)),
            "label 0 of the image set was \"cat\" and is now \"a?%s...%s\""
                .formatted("b".repeat(58), "b".repeat(40))));
  }

  @ParameterizedTest
  @MethodSource("otherSetsOfTheSameRecords")
  void sameRecordsAsAnotherSet_cannotBeGoneOnWith(ImageSet other, String change) {
    Map<String, String> now = found("dl4j", "cpu", other, "f");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ResultSettings.changes(of(), now))
        .withMessage(
            "Cannot resume the training run: %s (give the old value, or start again with another --output)",
            change)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(ResultSettings.areThose(ResultSettings.ofModel(of()), of())).isTrue();
  }

  @Test
  void runThatSaysNothingOfItsSet_goesOnAsItsFingerprintSays() {
    Map<String, String> earlier = new HashMap<>(of());
    earlier.keySet().removeAll(Set.of("data shape", "data fit", "data classes"));

    assertThat(ResultSettings.changes(earlier, of())).isEmpty();
    assertThat(ResultSettings.areThose(earlier, of())).isTrue();
    assertThat(ResultSettings.areThose(earlier, of("training.seed=2"))).isFalse();
    assertThat(ResultSettings.areThose(null, of())).isFalse();
  }
}
