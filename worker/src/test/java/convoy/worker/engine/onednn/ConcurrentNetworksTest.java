package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Networks of one process at once, as the tasks of an executor with several cores have them. */
class ConcurrentNetworksTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec("resnet-8", CifarRecord.SHAPE, CifarRecord.CLASSES);
  private static final int BATCH = 6;
  private static final int STEPS = 5;
  private static final int THREADS = 4;

  /** Opens, trains with minibatches of two sizes, predicts, closes: the probabilities. */
  private static float[] trainAndPredict(int seed) {
    OnednnEngine engine = new OnednnEngine();
    float[] parameters;
    try (OnednnTrainingNetwork training =
        engine.openTraining(new TrainingSpec(NETWORK, TestGraph.OPTIMIZER, 0, 1), BATCH, seed)) {
      for (int step = 0; step < STEPS; step++) {
        training.step(RandomImages.minibatch(step, step % 2 == 0 ? BATCH : 3), 0.01, step);
      }
      parameters = training.parameters();
    }
    try (InferenceNetwork inference = engine.openInference(NETWORK, parameters, BATCH)) {
      return inference.predict(RandomImages.minibatch(STEPS, BATCH));
    }
  }

  @Test
  void networksAtOnce_giveTheBitsOfOneAfterTheOther()
      throws InterruptedException, ExecutionException {
    List<float[]> alone = new ArrayList<>();
    for (int seed = 0; seed < THREADS; seed++) {
      alone.add(trainAndPredict(seed));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<float[]>> atOnce = new ArrayList<>();
      for (int i = 0; i < 4 * THREADS; i++) {
        int seed = i % THREADS;
        atOnce.add(threads.submit(() -> trainAndPredict(seed)));
      }
      for (int i = 0; i < atOnce.size(); i++) {
        assertThat(atOnce.get(i).get()).isEqualTo(alone.get(i % THREADS));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
