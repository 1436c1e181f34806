package convoy.driver.training.checkpoint;

/**
 * When a training run can be taken up again.
 *
 * @param everyEpochs epochs between two checkpoints, 1 or more; 0 for none by epochs
 * @param everyMinutes minutes between two checkpoints, also within an epoch; 0 for none by time
 * @param keep newest checkpoints kept, 1 or more
 */
public record CheckpointSpec(int everyEpochs, double everyMinutes, int keep) {}
