package convoy.driver.training.consensus;

import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.training.OuterStep;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.util.stream.LongStream;

/**
 * What the driver makes of a round's average, whichever master averaged: the outer step from the
 * consensus before, what is kept of the optimizer's state, and the mean of the consensus over
 * rounds. From an average that is not finite it comes to parameters that are not.
 */
public final class ConsensusStep {
  private final ConsensusSpec spec;
  private final TrainingPlan plan;
  private final RunningStatistics statistics;

  /**
   * Steps of a training run.
   *
   * @param statistics which parameters are batch-norm statistics
   */
  public ConsensusStep(ConsensusSpec spec, TrainingPlan plan, RunningStatistics statistics) {
    this.spec = spec;
    this.plan = plan;
    this.statistics = statistics;
  }

  /** Where a training run begins. */
  public Consensus start(TrainingState initial) {
    return Consensus.start(kept(initial));
  }

  /** The consensus after {@code round}, whose replicas started from the one before. */
  public Consensus after(Consensus before, Round round, TrainingState average) {
    OuterStep.Result step =
        spec.outer()
            .from(
                before.state().parameters(),
                average.parameters(),
                before.outerMomentum(),
                meanLearningRate(before.state().iteration(), round.steps()),
                statistics);
    double epochsBefore = epochsDone(round, round.firstStep());
    double epochsAfter = epochsDone(round, round.firstStep() + round.steps());
    return new Consensus(
        kept(average.withParameters(step.parameters())),
        step.momentum(),
        spec.mean()
            .next(
                before.meanParameters(),
                step.parameters(),
                epochsBefore,
                epochsAfter,
                plan.epochs()));
  }

  /** The rate of the last local step before a consensus that is not the first. */
  public double lastLearningRate(Consensus consensus) {
    return plan.learningRate().at(consensus.state().iteration() - 1);
  }

  private TrainingState kept(TrainingState state) {
    return spec.optimizerState() == OptimizerStatePolicy.RESET
        ? state.withoutOptimizerState()
        : state;
  }

  private double meanLearningRate(long firstIteration, int steps) {
    return LongStream.range(firstIteration, firstIteration + steps)
        .mapToDouble(plan.learningRate()::at)
        .average()
        .orElseThrow();
  }

  private double epochsDone(Round round, int stepsOfEpoch) {
    return round.epoch() - 1 + (double) stepsOfEpoch / plan.stepsPerEpoch();
  }
}
