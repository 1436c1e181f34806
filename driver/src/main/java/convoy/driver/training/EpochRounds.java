package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.consensus.ConsensusStep;
import convoy.driver.training.metrics.Progress;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.AveragingRound;
import convoy.driver.training.round.RoundResult;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.training.Round;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Takes a training run through the rounds of an epoch. */
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
   * The place after the last round of an epoch, which is then still to be measured.
   *
   * @param from where the epoch begins, or a place in it
   * @throws convoy.driver.failure.UserException if the training run diverges
   */
  Checkpoint run(Checkpoint from, JavaRDD<ImageShard> shards) throws IOException {
    Checkpoint reached = from;
    List<Round> rounds = plan.rounds(from.epochsDone() + 1);
    for (Round round : rounds.subList(from.roundsDone(), rounds.size())) {
      describe(round, rounds.size());
      Consensus before = reached.consensus();
      RoundResult result = averaging.run(before.state(), round, shards);
      sanity.requireFinite(round, result);
      Consensus consensus = consensusStep.after(before, round, result.state());
      sanity.requireFinite(round, consensus.state());
      reached = reached.afterRound(round, consensus, result.figures());
      progress.roundEnded(round, consensusStep.lastLearningRate(consensus), result);
      if (round.round() < rounds.size()) {
        checkpoints.roundEnded(reached);
      }
    }
    return reached;
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
