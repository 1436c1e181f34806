package convoy.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final NetworkSpec NETWORK = new NetworkSpec("resnet-8", CifarRecord.SHAPE, 10);

  @Test
  void evaluation_countsEveryImage_whateverTheBatchSize() {
    Engine engine = Engines.reference();
    float[] parameters;
    try (var training = engine.openTraining(new TrainingSpec(NETWORK, new Sgd(0, 0), 0, 1), 1, 1)) {
      parameters = training.parameters();
    }
    ImageShard shard = RandomImages.shard(1, 53);
    try (InferenceNetwork network = engine.openInference(NETWORK, parameters, 53)) {
      Evaluation whole = Evaluator.evaluate(network, shard, RandomImages.preprocessing(), 10, 53);
      Evaluation inPieces = Evaluator.evaluate(network, shard, RandomImages.preprocessing(), 10, 8);

      assertThat(inPieces.confusionMatrix().total()).isEqualTo(53);
      assertThat(inPieces.confusionMatrix().correct()).isEqualTo(whole.confusionMatrix().correct());
      assertThat(inPieces.meanLoss()).isCloseTo(whole.meanLoss(), within(1e-5));
      for (int label = 0; label < 10; label++) {
        int wanted = label;
        long actual = 0;
        for (int i = 0; i < 53; i++) {
          actual += shard.label(i) == wanted ? 1 : 0;
        }
        assertThat(inPieces.confusionMatrix().actual(label)).isEqualTo(actual);
      }
    }
  }
}
