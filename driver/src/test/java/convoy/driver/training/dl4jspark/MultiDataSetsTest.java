package convoy.driver.training.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import convoy.worker.training.LearningRate;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

final class MultiDataSetsTest {
  @Test
  void next_givesEveryOutputTheSmoothedLabels() {
    char[] labels = {7, 7, 7};
    ImageShard shard =
        new PackedImages(
            CifarRecord.SHAPE, new byte[labels.length * CifarRecord.PIXEL_BYTES], labels);
    ReplicaTask task =
        new ReplicaTask(
            new TrainingSpec(
                new NetworkSpec("googlenet", CifarRecord.SHAPE, CifarRecord.CLASSES),
                new Sgd(0, 0),
                0.1,
                1),
            "dl4j",
            Preprocessing.stretching(
                CifarRecord.SHAPE, new Normalization(new float[3], new float[] {1, 1, 1})),
            Augmentation.NONE,
            3,
            LearningRate.constant(0.1, 1),
            1);

    MultiDataSet minibatch = new MultiDataSets(task, new Round(1, 1, 0, 1), 0, shard, 3).next();

    assertThat(minibatch.getLabels()).hasSize(3);
    for (INDArray output : minibatch.getLabels()) {
      assertThat(output.shape()).containsExactly(3, 10);
      for (int c = 0; c < 10; c++) {
        assertThat(output.getDouble(2, c)).isCloseTo(c == 7 ? 0.91 : 0.01, within(1e-7));
      }
    }
  }
}
