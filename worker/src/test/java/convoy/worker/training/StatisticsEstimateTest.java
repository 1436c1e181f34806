package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.RunningStatistics;
import convoy.worker.engine.RunningStatistics.Run;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsEstimateTest {
  private static final OptimizerSpec ADAMW = new AdamW(0.9, 0.999, 1e-8, 0.1);
  private static final OptimizerSpec SGD = new Sgd(0.9, 0.1);
  private static final int BATCH = 8;

  private static ReplicaTask task(String engine, OptimizerSpec optimizer) {
    return task("resnet-8", engine, optimizer, 1);
  }

  private static ReplicaTask task(
      String network, String engine, OptimizerSpec optimizer, double dropoutShare) {
    NetworkSpec spec = new NetworkSpec(network, CifarRecord.SHAPE, 10);
    return new ReplicaTask(
        new TrainingSpec(spec, optimizer, 0.1, dropoutShare),
        engine,
        RandomImages.preprocessing(),
        new Augmentation(Augmentation.Flip.RANDOM, 4, ResizedCrop.NONE, ColourJitter.NONE, 0),
        BATCH,
        LearningRate.constant(0.1, 100),
        11);
  }

  private static Round threeSteps() {
    return new Round(4, 1, 0, 3);
  }

  /** Batches of pixels to the exact statistics of the first normalisation, in double. */
  private static double[] firstLayer(float[] parameters, ReplicaTask task, ImageShard shard) {
    RoundMinibatches minibatches = new RoundMinibatches(task, threeSteps(), 0, shard);
    double[] sums = new double[32];
    while (minibatches.hasNext()) {
      var minibatch = minibatches.next();
      for (int channel = 0; channel < 16; channel++) {
        double sum = 0;
        double squares = 0;
        for (int image = 0; image < minibatch.count(); image++) {
          for (int pixel = 0; pixel < 1024; pixel++) {
            double value = convolved(parameters, minibatch.images(), image, channel, pixel);
            sum += value;
            squares += value * value;
          }
        }
        int values = minibatch.count() * 1024;
        double mean = sum / values;
        sums[channel] += minibatch.count() * mean;
        sums[16 + channel] += minibatch.count() * (squares / values - mean * mean);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= minibatches.images();
    }
    return sums;
  }

  /** A 3x3 convolution with a border of zeros, whose weights are [16][3][3][3], the first ones. */
  private static double convolved(
      float[] weights, float[] images, int image, int channel, int pixel) {
    double sum = 0;
    for (int plane = 0; plane < 3; plane++) {
      for (int tap = 0; tap < 9; tap++) {
        int y = pixel / 32 + tap / 3 - 1;
        int x = pixel % 32 + tap % 3 - 1;
        if (y >= 0 && y < 32 && x >= 0 && x < 32) {
          sum +=
              (double) weights[(channel * 3 + plane) * 9 + tap]
                  * images[(image * 3 + plane) * 1024 + y * 32 + x];
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void estimate_isTheMeanOfTheMinibatchesStatistics(String engine) {
    ReplicaTask task = task(engine, SGD);
    RunningStatistics statistics = RunningStatistics.of(task.training().network());
    float[] parameters = InitialState.of(task).parameters();
    // 8, 8 and 4 images.
    ImageShard shard = RandomImages.shard(1, 20);

    MinibatchStatistics estimate =
        StatisticsEstimate.of(task, parameters, statistics, threeSteps(), 0, shard);

    assertThat(estimate.images()).isEqualTo(20);
    float[] applied = StatisticsEstimate.applied(estimate, statistics, parameters);
    double[] expected = firstLayer(parameters, task, shard);
    int offset = statistics.runs().stream().mapToInt(Run::offset).min().orElseThrow();
    for (int i = 0; i < 32; i++) {
      assertThat((double) applied[offset + i]).isCloseTo(expected[i], within(2e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void estimate_dependsOnNothingButItsArguments(String engine) {
    ReplicaTask task = task(engine, ADAMW);
    RunningStatistics statistics = RunningStatistics.of(task.training().network());
    TrainingState state = InitialState.of(task);
    ImageShard shard = RandomImages.shard(1, 20);
    MinibatchStatistics first =
        StatisticsEstimate.of(task, state.parameters(), statistics, threeSteps(), 1, shard);
    // What the pooled network then learns, and statistics of its own, are not to be seen.
    TrainingState trained =
        Replica.train(task, state, new Round(1, 1, 0, 3), 0, RandomImages.shard(2, 20)).state();
    float[] expected = StatisticsEstimate.applied(first, statistics, state.parameters());
    float[] parameters = state.parameters().clone();
    for (Run run : statistics.runs()) {
      System.arraycopy(trained.parameters(), run.offset(), parameters, run.offset(), run.length());
    }

    MinibatchStatistics again =
        StatisticsEstimate.of(task, parameters, statistics, threeSteps(), 1, shard);

    assertThat(StatisticsEstimate.applied(again, statistics, state.parameters()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "onednn"})
  void estimate_isThatOfTheNetworkWithoutDropout(String engine) {
    ReplicaTask task = task("vgg-11", engine, SGD, 1);
    ReplicaTask withoutDropout = task("vgg-11", engine, SGD, 0);
    RunningStatistics statistics = RunningStatistics.of(task.training().network());
    float[] parameters = InitialState.of(task).parameters();
    ImageShard shard = RandomImages.shard(1, BATCH);

    MinibatchStatistics estimate =
        StatisticsEstimate.of(task, parameters, statistics, threeSteps(), 0, shard);
    MinibatchStatistics expected =
        StatisticsEstimate.of(withoutDropout, parameters, statistics, threeSteps(), 0, shard);

    assertThat(StatisticsEstimate.applied(estimate, statistics, parameters))
        .isEqualTo(StatisticsEstimate.applied(expected, statistics, parameters));
  }

  @Test
  void shardWithoutImages_addsNothing_andNoImagesAtAllAreRefused() {
    ReplicaTask task = task("onednn", SGD);
    RunningStatistics statistics = RunningStatistics.of(task.training().network());
    float[] parameters = InitialState.of(task).parameters();
    MinibatchStatistics none =
        StatisticsEstimate.of(
            task, parameters, statistics, threeSteps(), 0, RandomImages.shard(1, 0));
    MinibatchStatistics some = new MinibatchStatistics(2, filled(statistics.count(), 3));

    assertThat(none.plus(some).mean(5)).isEqualTo(1.5f);
    assertThatIllegalStateException()
        .isThrownBy(() -> none.mean(0))
        .withMessage("Cannot estimate batch-norm statistics: no minibatch was seen");
  }

  private static double[] filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }
}
