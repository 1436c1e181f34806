package convoy.driver.monitoring.event;

/**
 * An epoch has ended, and its model was evaluated.
 *
 * @param time milliseconds since 1970
 * @param epoch from 1
 * @param round how many rounds it had
 * @param trainLoss mean cross-entropy in nats of all its images, each before the step that used it
 * @param trainAccuracy share of them classified rightly; null if it was not counted
 * @param learningRate of its last step
 * @param imagesPerSecond of its rounds, all replicas together
 * @param broadcastSeconds of all its rounds, as are the next three
 * @param computeSeconds of the slowest replica of each round
 * @param gatherSeconds scheduling, fetching, bringing updates together
 * @param averageSeconds what the driver had left to do
 * @param evaluateSeconds how long the evaluation took
 * @param evaluation of the model
 */
public record EpochEnded(
    long time,
    int epoch,
    int round,
    double trainLoss,
    Double trainAccuracy,
    double learningRate,
    double imagesPerSecond,
    double broadcastSeconds,
    double computeSeconds,
    double gatherSeconds,
    double averageSeconds,
    double evaluateSeconds,
    EvaluationFigures evaluation)
    implements RunEvent {}
