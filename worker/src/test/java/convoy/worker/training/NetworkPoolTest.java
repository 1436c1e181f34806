package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.Augmentation;
import convoy.worker.image.CifarRecord;
import convoy.worker.image.RandomImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import convoy.worker.network.TrainingSpec;
import org.junit.jupiter.api.Test;

class NetworkPoolTest {
  private static final ReplicaTask TASK =
      new ReplicaTask(
          new TrainingSpec(
              new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, 10),
              new OptimizerSpec.Sgd(0, 0),
              0),
          "dl4j",
          RandomImages.normalization(),
          Augmentation.NONE,
          8,
          1,
          3);

  private static TrainingNetwork leased(boolean done) {
    try (NetworkPool.Lease lease = NetworkPool.lease(TASK)) {
      if (done) {
        lease.done();
      }
      return lease.network();
    }
  }

  @Test
  void networkWhoseWorkIsDone_servesAgain() {
    TrainingNetwork first = leased(true);

    assertThat(leased(true)).isSameAs(first);
  }

  @Test
  void networkThatFailedOnTheWay_doesNotServeAgain() {
    TrainingNetwork first = leased(false);

    assertThat(leased(true)).isNotSameAs(first);
  }
}
