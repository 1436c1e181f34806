package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.event.RunEvents;
import convoy.driver.store.Claim;
import convoy.driver.training.checkpoint.Standing;
import convoy.driver.training.metrics.LogDetail;
import convoy.driver.training.metrics.MetricsLog;
import convoy.driver.training.metrics.Progress;
import convoy.driver.training.metrics.RunLog;
import convoy.driver.training.round.RoundFigures;
import convoy.driver.training.round.RoundResult;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.Split;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import convoy.worker.training.Divergence;
import convoy.worker.training.InitialState;
import convoy.worker.training.LearningRate;
import convoy.worker.training.Replica;
import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SanityTest {
  private static final NetworkSpec NETWORK = new NetworkSpec("resnet-8", CifarRecord.SHAPE, 10);
  private static final Round ROUND = new Round(2, 5, 0, 2);
  private static final String REMEDY =
      " (lower the learning rate, or let it rise slowly with schedule.warm-up)";

  @TempDir Path directory;
  private Path metrics;
  private Progress progress;

  @BeforeEach
  void openMetrics() throws IOException {
    metrics = directory.resolve("metrics.jsonl");
    progress =
        new Progress(
            MetricsLog.create(
                new Configuration(),
                new org.apache.hadoop.fs.Path(metrics.toUri()),
                claim("application 1")),
            new RunEvents(event -> {}, System::currentTimeMillis),
            RunLog.of(LogDetail.ROUNDS),
            TestTimeFlip.OFF);
  }

  private Claim claim(String application) throws IOException {
    return Claim.take(
        new Configuration(), new org.apache.hadoop.fs.Path(directory.toUri()), application);
  }

  private static ReplicaTask task() {
    return new ReplicaTask(
        new TrainingSpec(NETWORK, new Sgd(0, 0), 0, 1),
        "onednn",
        Preprocessing.stretching(
            CifarRecord.SHAPE, new Normalization(new float[] {0, 0, 0}, new float[] {1, 1, 1})),
        Augmentation.NONE,
        4,
        LearningRate.constant(0.01, 10),
        1);
  }

  private static ImageShard images() {
    byte[] pixels = new byte[8 * CifarRecord.PIXEL_BYTES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i);
    }
    return new PackedImages(CifarRecord.SHAPE, pixels, new char[] {0, 1, 2, 3, 4, 5, 6, 7});
  }

  private static RoundResult result(List<ReplicaUpdate> updates) {
    return new RoundResult(
        ReplicaAverage.of(updates),
        new RoundFigures(
            updates.stream().mapToLong(ReplicaUpdate::examples).sum(),
            updates.stream().mapToDouble(ReplicaUpdate::lossSum).sum(),
            OptionalLong.empty(),
            0,
            1,
            0,
            0),
        List.of(),
        updates.stream()
            .map(ReplicaUpdate::divergence)
            .flatMap(Optional::stream)
            .min(Divergence.EARLIEST_FIRST));
  }

  @Test
  void replicaThatDiverges_isNamedAmongSoundOnes_withItsStepAndLayer() throws IOException {
    ReplicaTask task = task();
    TrainingState start = InitialState.of(task);
    float[] poisoned = start.parameters().clone();
    // The very last parameter is a bias of the classifier.
    poisoned[poisoned.length - 1] = Float.NaN;
    List<ReplicaUpdate> updates = new ArrayList<>();
    for (int replica = 0; replica < 5; replica++) {
      TrainingState state =
          replica == 3 ? new TrainingState(poisoned, start.optimizerState(), 0) : start;
      updates.add(Replica.train(task, state, new Round(2, 5, 0, 2), replica, images()));
    }
    Sanity sanity = new Sanity(NETWORK, 5, progress);
    RoundResult good = result(updates.subList(0, 3));
    sanity.requireFinite(new Round(2, 4, 0, 2), good);
    progress.roundEnded(new Round(2, 4, 0, 2), 0.01, good);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> sanity.requireFinite(ROUND, result(updates)))
        .withMessage(
            "Cannot go on training: replica 3's loss is NaN at step 1 of epoch 2 round 5, first in layer probabilities"
                + REMEDY)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
    assertThat(Files.readAllLines(metrics))
        .singleElement()
        .asString()
        .contains("\"epoch\":2,\"round\":4,")
        .doesNotContain("NaN");
  }

  @Test
  void trainingWhoseOutputIsTaken_leavesTheOthersMetricsAlone_whenItDiverges() throws IOException {
    claim("application 2");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                new Sanity(NETWORK, 5, progress)
                    .requireFinite(
                        1, new Evaluation(new ConfusionMatrix(10), Double.NaN), Split.TEST))
        .withMessageContaining("application 2 has taken it over from application 1")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThat(metrics).doesNotExist();
  }

  @Test
  void stateThatIsNotFinite_isToldWithItsLayer_whereNoReplicaTells() {
    float[] parameters = InitialState.of(task()).parameters();
    parameters[0] = Float.POSITIVE_INFINITY;
    TrainingState state = new TrainingState(parameters, new float[0], 2);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new Sanity(NETWORK, 5, progress).requireFinite(ROUND, state))
        .withMessage(
            "Cannot go on training: the parameters after epoch 2 round 5 are not all finite, first in layer stem-conv"
                + REMEDY);
  }

  @Test
  void chanceLimit_isThreeStandardDeviationsAboveTheGuessersMean() {
    // The guesser's hits are binomial: 10,000 x 0.1 = 1,000, give or take the root of 900.
    assertThat(Sanity.chanceLimit(10_000, 10)).isCloseTo(1_090 / 10_000.0, within(1e-12));
    assertThat(Sanity.chanceLimit(100, 2)).isCloseTo(0.65, within(1e-12));
  }

  /** The epochs' hits of 10,000, measured one after the other. */
  private void count(int stuckEpochs, Standing before, long... hits) throws IOException {
    Sanity sanity = new Sanity(NETWORK, stuckEpochs, progress);
    Standing standing = before;
    for (int epoch = 1; epoch <= hits.length; epoch++) {
      standing =
          standing.after(
              epoch, hits[epoch - 1] / 10_000.0, Sanity.chanceLimit(10_000, 10), new float[0]);
      sanity.requireLearning(epoch, standing, Split.TEST, 10_000);
    }
  }

  @Test
  void accuracyAtChance_stopsTheTraining_onlyAfterSoManySuccessiveEpochs() throws IOException {
    // 1,091 is above the limit: the count starts anew.
    count(3, Standing.START, 1_000, 1_089, 1_091, 1_000, 200);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> count(3, Standing.START, 1_000, 1_089, 1_091, 1_000, 200, 1_012))
        .withMessage(
            "Cannot go on training: test accuracy was no better than guessing among 10 classes (at most 0.1090) for 3 epochs, the last of them epoch 6 (change the learning rate, check that the labels belong to the images, or give --set training.stuck-epochs=0 with --resume)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
  }

  @Test
  void accuracyAtChance_beforeTheTrainingWasResumed_counts() throws IOException {
    Standing two = new Standing(2, 0.1, 1, 0.1, new float[0]);
    new Sanity(NETWORK, 3, progress).requireLearning(2, two, Split.VALIDATION, 10_000);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> count(3, two, 1_000))
        .withMessageContaining("for 3 epochs");
  }

  @Test
  void accuracyAtChance_isNotLookedAt_withStuckEpochs0() throws IOException {
    count(0, Standing.START, new long[100]);

    assertThat(metrics).doesNotExist();
  }
}
