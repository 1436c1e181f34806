package convoy.driver.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.engine.Device;
import convoy.worker.engine.Engine;
import convoy.worker.engine.Gpu;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.StepProfile;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  private static final NetworkSpec NETWORK = new NetworkSpec("resnet-20", CifarRecord.SHAPE, 10);
  private static final SparkConf WITHOUT_GPUS = new SparkConf(false);
  private static final SparkConf WITH_GPUS =
      new SparkConf(false).set("spark.task.resource.gpu.amount", "1");

  private static String choice(String name, String device, SparkConf conf) {
    return EngineChoice.of(new EngineSpec(name, device, 1), NETWORK, conf);
  }

  @Test
  void auto_isOnednnOnProcessors_andDl4jOnGpus() {
    assertThat(choice("auto", "auto", WITHOUT_GPUS)).isEqualTo("onednn");
    assertThat(choice("auto", "cpu", WITH_GPUS)).isEqualTo("onednn");
    assertThat(choice("auto", "auto", WITH_GPUS)).isEqualTo("dl4j");
    assertThat(choice("auto", "gpu", WITH_GPUS)).isEqualTo("dl4j");
  }

  /** No network that has a name is refused by an engine, so one is told to refuse. */
  @Test
  void aNetworkThatTheFastestCannotRun_isRunByTheNext() {
    Engine reference = Engines.reference();

    assertThat(EngineChoice.first(List.of(new Refusing(reference), reference), NETWORK))
        .isEqualTo("dl4j");
    assertThat(EngineChoice.first(Engines.on(Device.PROCESSOR), NETWORK)).isEqualTo("onednn");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> EngineChoice.first(List.of(new Refusing(reference)), NETWORK))
        .withMessage("no such layer");
  }

  @Test
  void anEngine_isTheOneAskedFor() {
    assertThat(choice("dl4j", "auto", WITHOUT_GPUS)).isEqualTo("dl4j");
    assertThat(choice("onednn", "auto", WITHOUT_GPUS)).isEqualTo("onednn");
    assertThat(choice("onednn", "auto", WITH_GPUS)).isEqualTo("onednn");
  }

  @Test
  void reference_isDl4j_andRefusesOnednnWithTheReason() {
    assertThat(EngineChoice.reference(new EngineSpec("auto", "cpu", 1), "why")).isEqualTo("dl4j");
    assertThat(EngineChoice.reference(new EngineSpec("dl4j", "cpu", 1), "why")).isEqualTo("dl4j");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> EngineChoice.reference(new EngineSpec("onednn", "cpu", 1), "why"))
        .withMessage("Cannot use the engine onednn: why (set engine.name = auto)");
  }

  @Test
  void onednnOnGpus_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> choice("onednn", "gpu", WITH_GPUS))
        .withMessage(
            "Cannot use the engine onednn: it computes on processors, and engine.device is gpu (set engine.name = auto)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  /** An engine that runs no network. */
  private record Refusing(Engine engine) implements Engine {
    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public Set<Device> devices() {
      return engine.devices();
    }

    @Override
    public Optional<String> obstacle(NetworkSpec network) {
      return Optional.of("no such layer");
    }

    @Override
    public Optional<String> obstacle(Gpu gpu) {
      return engine.obstacle(gpu);
    }

    @Override
    public void pin(int address) {
      engine.pin(address);
    }

    @Override
    public TrainingNetwork openTraining(TrainingSpec training, int batchSize, long seed) {
      return engine.openTraining(training, batchSize, seed);
    }

    @Override
    public InferenceNetwork openInference(NetworkSpec network, float[] parameters, int batchSize) {
      return engine.openInference(network, parameters, batchSize);
    }

    @Override
    public Optional<StepProfile> profile(TrainingSpec training, int batchSize, int repetitions) {
      return engine.profile(training, batchSize, repetitions);
    }
  }
}
