package convoy.driver.training;

import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.function.Supplier;

/**
 * The updates of a round as they reached the driver.
 *
 * @param updates of all replicas in partition order; their states may have been left behind
 * @param average what is left to do for the average of the states
 */
record GatheredUpdates(List<ReplicaUpdate> updates, Supplier<TrainingState> average) {}
