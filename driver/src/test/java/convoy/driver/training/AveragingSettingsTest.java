package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.training.InitialState;
import convoy.worker.training.MinibatchStatistics;
import convoy.worker.training.OuterStep;
import convoy.worker.training.Replica;
import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.Round;
import convoy.worker.training.StatisticsEstimate;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Training runs with the settings of the block averaging, each against rounds run one by one. */
class AveragingSettingsTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  /** One epoch of two replicas, with 27 and 26 images: 2 rounds of 2 steps. */
  @BeforeEach
  void writeData() throws IOException {
    trainings =
        TrainingFixture.of(
            SPARK,
            directory,
            ImageSetFiles.write(directory.resolve("data"), 53, 21),
            "output.overwrite=true",
            "network.name=resnet-8",
            "training.replicas=2",
            "training.batch-size=8",
            "training.local-steps=2",
            "training.epochs=1");
  }

  private float[] published(String... settings) throws IOException {
    trainings.train("out", settings);
    return trainings.parameters("out");
  }

  /** What the training is made of, to run its parts one by one. */
  private record Parts(ReplicaTask task, TrainingPlan plan, List<ImageShard> shards) {
    TrainingState average(TrainingState state, Round round) {
      List<ReplicaUpdate> updates = new ArrayList<>();
      for (int replica = 0; replica < shards.size(); replica++) {
        updates.add(Replica.train(task, state, round, replica, shards.get(replica)));
      }
      return ReplicaAverage.of(updates);
    }

    RunningStatistics statistics() {
      return RunningStatistics.of(task.training().network());
    }
  }

  private Parts parts(int deal) {
    ConvoyConfig config = trainings.config("out");
    return new Parts(
        trainings.task(config), TrainingFixture.plan(config), trainings.shards(config, deal));
  }

  @Test
  void neutralOuterSteps_areTheTrainingWithThePlainAverage_bitForBit() throws IOException {
    float[] plain = published();
    for (String kind : List.of("bmuf", "slowmo", "nesterov")) {
      String block = "averaging.outer." + kind;
      assertThat(
              published(
                  "averaging.outer.kind=" + kind,
                  block + ".momentum=0",
                  block + ".learning-rate=1"))
          .as(kind)
          .isEqualTo(plain);
    }
    assertThat(
            published(
                "averaging.outer.kind=lookahead", "averaging.outer.lookahead.learning-rate=1"))
        .isEqualTo(plain);
  }

  @Test
  void outerStep_isTakenBetweenTheRounds_withItsMomentum() throws IOException {
    Parts parts = parts(0);
    OuterStep step = new OuterStep(OuterStep.Kind.NESTEROV, 0.9, 0.7);
    TrainingState state = InitialState.of(parts.task());
    float[] momentum = {};
    for (Round round : parts.plan().rounds(1)) {
      TrainingState average = parts.average(state, round);
      OuterStep.Result result =
          step.from(state.parameters(), average.parameters(), momentum, 0.001, parts.statistics());
      state = average.withParameters(result.parameters());
      momentum = result.momentum();
    }

    assertThat(published("averaging.outer.kind=nesterov")).isEqualTo(state.parameters());
  }

  @Test
  void meanOfTheConsensus_isPublished_whileTrainingGoesOnFromTheConsensus() throws IOException {
    Parts parts = parts(0);
    TrainingState first =
        parts.average(InitialState.of(parts.task()), parts.plan().rounds(1).get(0));
    TrainingState second = parts.average(first, parts.plan().rounds(1).get(1));
    float[] expected = new float[first.parameters().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) (((double) first.parameters()[i] + second.parameters()[i]) / 2);
    }

    assertThat(published("averaging.mean.kind=tail", "averaging.mean.tail-share=1"))
        .isEqualTo(expected);
  }

  @Test
  void recomputedStatistics_arePublished_andTheTrainingIsAsWithout() throws IOException {
    float[] averaged = published("training.epochs=2");
    Parts parts = parts(1);
    RunningStatistics statistics = parts.statistics();
    // 20 images on two replicas with minibatches of 8: two each.
    Round round = new Round(2, 0, 0, 2);
    MinibatchStatistics estimate =
        StatisticsEstimate.of(parts.task(), averaged, statistics, round, 0, parts.shards().get(0))
            .plus(
                StatisticsEstimate.of(
                    parts.task(), averaged, statistics, round, 1, parts.shards().get(1)));

    float[] recomputed =
        published(
            "training.epochs=2",
            "averaging.batch-norm=recompute",
            "averaging.batch-norm-images=20");

    assertThat(estimate.images()).isEqualTo(32);
    assertThat(recomputed)
        .isEqualTo(StatisticsEstimate.applied(estimate, statistics, averaged))
        .isNotEqualTo(averaged);
  }

  @Test
  void recomputing_leavesANetworkWithoutBatchNormalizationAsItIs() throws IOException {
    assertThat(published("network.name=cifar10-quick", "averaging.batch-norm=recompute"))
        .isEqualTo(published("network.name=cifar10-quick"));
  }

  @Test
  void finishedTraining_resumed_publishesTheSameRecomputedModel() throws IOException {
    String recompute = "averaging.batch-norm=recompute";
    float[] model = published(recompute);
    trainings.deleteModel("out");

    assertThat(published(recompute, "training.resume=true")).isEqualTo(model);
  }

  @Test
  void resumedTraining_hasItsOuterMomentumAndItsMean() throws IOException {
    List<String> settings =
        List.of(
            "averaging.outer.kind=nesterov",
            "averaging.mean.kind=exponential",
            "averaging.optimizer-state=reset");
    float[] whole = published(with(settings, "training.epochs=2"));
    published(with(settings, "training.epochs=1"));
    trainings.deleteModel("out");

    assertThat(published(with(settings, "training.epochs=2", "training.resume=true")))
        .isEqualTo(whole);
  }

  private static String[] with(List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
