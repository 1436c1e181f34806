package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import convoy.worker.network.TrainingSpec;
import org.junit.jupiter.api.Test;

class StepProfileTest {
  @Test
  void stepTime_isThatOfTheParts_evenOfASmallNetworkInAFreshProcess() {
    NetworkSpec network = new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, CifarRecord.CLASSES);
    TrainingSpec training =
        new TrainingSpec(network, new OptimizerSpec.AdamW(0.9, 0.999, 1e-8, 0), 0);

    StepProfile profile = StepProfile.measure(training, 4, 9);

    double parts = profile.parts().stream().mapToDouble(StepProfile.Part::milliseconds).sum();
    assertThat(profile.stepMilliseconds()).isBetween(0.5 * parts, 2 * parts);
  }
}
