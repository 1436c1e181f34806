package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class DivergenceTest {
  private static final int BATCH = 8;
  private static final ImageShard SHARD = RandomImages.shard(1, 4 * BATCH);
  private static final Round ROUND = new Round(1, 1, 0, 4);
  private static final double RATE_TOO_HIGH = 1e18;

  private static ReplicaTask task(String engine, OptimizerSpec optimizer, double rate) {
    return new ReplicaTask(
        new TrainingSpec(new NetworkSpec("resnet-8", CifarRecord.SHAPE, 10), optimizer, 0, 1),
        engine,
        RandomImages.preprocessing(),
        Augmentation.NONE,
        BATCH,
        LearningRate.constant(rate, 4),
        11);
  }

  private static ReplicaTask sound(String engine) {
    return task(engine, new Sgd(0.9, 0), 0.01);
  }

  /** The initial state after a change of one layer's parameters. */
  private static TrainingState changed(ReplicaTask task, String layer, Consumer<INDArray> change) {
    TrainingState start = InitialState.of(task);
    ComputationGraph graph = Dl4jGraphs.trained(task.training().network(), start.parameters());
    change.accept(graph.getVertex(layer).params());
    return new TrainingState(graph.params().toFloatVector(), start.optimizerState(), 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void parameterThatIsNotFinite_isFoundInItsLayer(String engine) {
    ReplicaTask task = sound(engine);
    for (String layer : new String[] {"stem-conv", "group2-block1-b-norm", "probabilities"}) {
      TrainingState poisoned =
          changed(task, layer, params -> params.putScalar(params.length() - 1, Float.NaN));

      // A replica of its own number: two others of the same round start from good parameters.
      Divergence divergence =
          Replica.train(task, poisoned, ROUND, 3, SHARD).divergence().orElseThrow();

      assertThat(divergence.layer()).contains(layer);
      assertThat(divergence.replica()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void outputThatOverflows_isFoundInItsLayer_thoughTheStepSpoilsAllOthers(String engine) {
    ReplicaTask task = sound(engine);
    // Every parameter is finite, but sums of products of 3e38 are not.
    TrainingState poisoned =
        changed(task, "group2-block1-a-conv", params -> params.assign(Float.MAX_VALUE));

    ReplicaUpdate update = Replica.train(task, poisoned, ROUND, 1, SHARD);

    Divergence divergence = update.divergence().orElseThrow();
    assertThat(divergence.layer()).contains("group2-block1-a-conv");
    assertThat(divergence.step()).isEqualTo(1);
    assertThat(update.state().parameters()[0]).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void rateTooHigh_isFoundInTheStepWhoseLossIsFirstNotSound(String engine) {
    ReplicaTask task = task(engine, new Sgd(0.9, 0), RATE_TOO_HIGH);
    TrainingState start = InitialState.of(task);
    RoundMinibatches minibatches = new RoundMinibatches(task, ROUND, 0, SHARD);
    int expected = 0;
    try (TrainingNetwork network =
        Engines.named(engine).openTraining(task.training(), BATCH, task.seed())) {
      network.load(start.parameters(), start.optimizerState(), 0);
      boolean sound = true;
      while (sound) {
        StepResult result = network.step(minibatches.next(), RATE_TOO_HIGH, 0);
        sound =
            Double.isFinite(result.lossSum())
                && new TrainingState(network.parameters(), new float[0], 0).hasFiniteParameters();
        expected++;
      }
    }

    ReplicaUpdate update = Replica.train(task, start, ROUND, 0, SHARD);

    assertThat(expected).isBetween(2, 4);
    Divergence divergence = update.divergence().orElseThrow();
    assertThat(divergence.step()).isEqualTo(expected);
    assertThat(divergence.layer()).isPresent();
  }

  @Test
  void lastStepThatSpoilsParameters_isFoundThoughEveryLossIsFinite() {
    ReplicaTask task = task("onednn", new Sgd(0, 0), 1e300);

    Divergence divergence =
        Replica.train(task, InitialState.of(task), new Round(1, 1, 3, 1), 2, SHARD)
            .divergence()
            .orElseThrow();

    assertThat(divergence.step()).isEqualTo(1);
    assertThat(divergence.loss()).isFinite();
    assertThat(divergence.layer()).contains("stem-conv");
  }

  @Test
  void search_findsNothingInARoundThatGoesWell() {
    ReplicaTask task = sound("onednn");
    try (TrainingNetwork network =
        Engines.named("onednn").openTraining(task.training(), BATCH, task.seed())) {
      assertThat(DivergenceSearch.of(task, InitialState.of(task), ROUND, 0, SHARD, network))
          .isEmpty();
    }
  }

  @Test
  void soundReplica_hasNone() {
    ReplicaTask task = sound("onednn");

    assertThat(Replica.train(task, InitialState.of(task), ROUND, 0, SHARD).divergence()).isEmpty();
  }

  @Test
  void earliest_isThatOfTheFirstStep_thenOfTheLowestReplica() {
    ReplicaTask task = sound("onednn");
    TrainingState poisoned = changed(task, "probabilities", params -> params.assign(Float.NaN));

    assertThat(
            Stream.of(4, 2, 3)
                .map(replica -> Replica.train(task, poisoned, ROUND, replica, SHARD))
                .map(update -> update.divergence().orElseThrow())
                .min(Divergence.EARLIEST_FIRST))
        .get()
        .extracting(Divergence::replica)
        .isEqualTo(2);
  }
}
