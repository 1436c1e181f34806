package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import org.junit.jupiter.api.Test;

class NetworkPoolTest {
  private static ReplicaTask task(double labelSmoothing) {
    return new ReplicaTask(
        new TrainingSpec(
            new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, 10),
            new Sgd(0, 0),
            labelSmoothing,
            1),
        "dl4j",
        RandomImages.preprocessing(),
        Augmentation.NONE,
        8,
        LearningRate.constant(0.1, 1),
        3);
  }

  private static TrainingNetwork leased(boolean done) {
    return leased(done, 0);
  }

  private static TrainingNetwork leased(boolean done, double labelSmoothing) {
    try (NetworkPool.Lease lease = NetworkPool.lease(task(labelSmoothing))) {
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
  void networkOfATaskWithOtherLabels_doesNotServe() {
    TrainingNetwork first = leased(true, 0.1);

    assertThat(leased(true, 0.2)).isNotSameAs(first);
  }

  @Test
  void networkThatFailedOnTheWay_doesNotServeAgain() {
    TrainingNetwork first = leased(false);

    assertThat(leased(true)).isNotSameAs(first);
  }
}
