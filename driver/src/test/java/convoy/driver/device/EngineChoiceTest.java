package convoy.driver.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.AveragingMaster;
import convoy.driver.config.EngineConfig;
import convoy.worker.image.CifarRecord;
import convoy.worker.network.NetworkSpec;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  private static final NetworkSpec NETWORK = new NetworkSpec("resnet-20", CifarRecord.SHAPE, 10);
  private static final SparkConf WITHOUT_GPUS = new SparkConf(false);
  private static final SparkConf WITH_GPUS =
      new SparkConf(false).set("spark.task.resource.gpu.amount", "1");

  private static String choice(String name, String device, SparkConf conf) {
    return EngineChoice.of(new EngineConfig(name, device, 1), NETWORK, conf);
  }

  @Test
  void auto_isOnednnOnProcessors_andDl4jOnGpus() {
    assertThat(choice("auto", "auto", WITHOUT_GPUS)).isEqualTo("onednn");
    assertThat(choice("auto", "cpu", WITH_GPUS)).isEqualTo("onednn");
    assertThat(choice("auto", "auto", WITH_GPUS)).isEqualTo("dl4j");
    assertThat(choice("auto", "gpu", WITH_GPUS)).isEqualTo("dl4j");
  }

  @Test
  void anEngine_isTheOneAskedFor() {
    assertThat(choice("dl4j", "auto", WITHOUT_GPUS)).isEqualTo("dl4j");
    assertThat(choice("onednn", "auto", WITHOUT_GPUS)).isEqualTo("onednn");
    assertThat(choice("onednn", "auto", WITH_GPUS)).isEqualTo("onednn");
  }

  @Test
  void trainingByDl4jSpark_isOnDl4j_andNothingElse() {
    assertThat(trainingChoice("auto", AveragingMaster.CONVOY)).isEqualTo("onednn");
    assertThat(trainingChoice("auto", AveragingMaster.DL4J_SPARK)).isEqualTo("dl4j");
    assertThat(trainingChoice("dl4j", AveragingMaster.DL4J_SPARK)).isEqualTo("dl4j");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainingChoice("onednn", AveragingMaster.DL4J_SPARK))
        .withMessage(
            "Cannot use the engine onednn: averaging.master = dl4j-spark trains with DL4J's own (set engine.name = auto)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  private static String trainingChoice(String name, AveragingMaster master) {
    return EngineChoice.ofTraining(
        new EngineConfig(name, "auto", 1), master, NETWORK, WITHOUT_GPUS);
  }

  @Test
  void onednnOnGpus_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> choice("onednn", "gpu", WITH_GPUS))
        .withMessage(
            "Cannot use the engine onednn: it computes on processors, and engine.device is gpu (set engine.name = auto)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
