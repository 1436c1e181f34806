package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.training.Round;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Takes the consensus through the rounds of an epoch. */
final class EpochRounds {
  private final JavaSparkContext spark;
  private final TrainingPlan plan;
  private final AveragingRound averaging;
  private final ConsensusStep consensusStep;
  private final Sanity sanity;
  private final Progress progress;
  private final CheckpointWriter checkpoints;

  EpochRounds(
      JavaSparkContext spark,
      TrainingPlan plan,
      AveragingRound averaging,
      ConsensusStep consensusStep,
      Sanity sanity,
      Progress progress,
      CheckpointWriter checkpoints) {
    this.spark = spark;
    this.plan = plan;
    this.averaging = averaging;
    this.consensusStep = consensusStep;
    this.sanity = sanity;
    this.progress = progress;
    this.checkpoints = checkpoints;
  }

  /**
   * The consensus after the epoch.
   *
   * @param done rounds of it that are done already
   * @param before the consensus after those
   * @throws convoy.driver.failure.UserException if the training diverges
   */
  Consensus run(int epoch, int done, Consensus before, JavaRDD<ImageShard> shards)
      throws IOException {
    Consensus consensus = before;
    List<Round> rounds = plan.rounds(epoch);
    for (Round round : rounds.subList(done, rounds.size())) {
      describe(round, rounds.size());
      RoundResult result = averaging.run(consensus.state(), round, shards);
      sanity.requireFinite(round, result);
      consensus = consensusStep.after(consensus, round, result.state());
      sanity.requireFinite(round, consensus.state());
      progress.roundEnded(epoch, round.round(), consensusStep.lastLearningRate(consensus), result);
      if (round.round() < rounds.size()) {
        checkpoints.roundEnded(epoch, round.round(), consensus);
      }
    }
    return consensus;
  }

  private void describe(Round round, int rounds) {
    SparkLabels.describe(
        spark,
        "epoch %d/%d round %d/%d: train %d replicas x %d steps"
            .formatted(
                round.epoch(),
                plan.epochs(),
                round.round(),
                rounds,
                plan.replicas(),
                round.steps()));
  }
}
