package convoy.driver.training.consensus;

import convoy.worker.training.ConsensusMean;
import convoy.worker.training.OuterStep;

/**
 * What becomes of the replicas' average.
 *
 * @param optimizerState what becomes of the average of their optimizer states
 * @param outer the step from one consensus to the next
 * @param mean of the consensus over rounds, for evaluation
 */
public record ConsensusSpec(
    OptimizerStatePolicy optimizerState, OuterStep outer, ConsensusMean mean) {}
