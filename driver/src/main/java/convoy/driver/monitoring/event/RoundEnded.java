package convoy.driver.monitoring.event;

import java.util.List;

/**
 * A round has ended, or several rounds that are reported together: then means over them, weighted
 * by their images or by their number.
 *
 * @param time of the last round's end, milliseconds since 1970
 * @param epoch of the last round, from 1
 * @param round its number in the epoch, from 1
 * @param rounds reported together, 1 or more
 * @param examples images that all replicas trained on
 * @param trainLoss mean cross-entropy in nats
 * @param trainAccuracy share of images classified rightly before the step that used them; null if
 *     it was not counted
 * @param learningRate of the last step
 * @param imagesPerSecond of all replicas together
 * @param broadcastSeconds until the state is ready to be fetched by the executors
 * @param computeSeconds the slowest replica: loading, steps, copying
 * @param gatherSeconds the rest of the job: scheduling, fetching, bringing updates together
 * @param averageSeconds what the driver has left to do
 * @param replicaSeconds loading, steps and copying of each replica; empty if not measured
 * @param replicaDistances how far each replica's parameters lie from their mean: the Euclidean norm
 *     of the difference over that of the mean; empty if not measured
 */
public record RoundEnded(
    long time,
    int epoch,
    int round,
    int rounds,
    long examples,
    double trainLoss,
    Double trainAccuracy,
    double learningRate,
    double imagesPerSecond,
    double broadcastSeconds,
    double computeSeconds,
    double gatherSeconds,
    double averageSeconds,
    List<Double> replicaSeconds,
    List<Double> replicaDistances)
    implements RunEvent {
  /** One round, unless it is said otherwise; lists that are missing are empty. */
  public RoundEnded {
    rounds = Math.max(1, rounds);
    replicaSeconds = replicaSeconds == null ? List.of() : List.copyOf(replicaSeconds);
    replicaDistances = replicaDistances == null ? List.of() : List.copyOf(replicaDistances);
  }

  /** These rounds and later ones, reported together. */
  public RoundEnded and(RoundEnded later) {
    int both = rounds + later.rounds;
    double share = (double) later.rounds / both;
    double examplesShare =
        examples + later.examples == 0
            ? share
            : (double) later.examples / (examples + later.examples);
    return new RoundEnded(
        later.time,
        later.epoch,
        later.round,
        both,
        examples + later.examples,
        mean(trainLoss, later.trainLoss, examplesShare),
        trainAccuracy == null || later.trainAccuracy == null
            ? null
            : (Double) mean(trainAccuracy, later.trainAccuracy, examplesShare),
        later.learningRate,
        rate(later),
        mean(broadcastSeconds, later.broadcastSeconds, share),
        mean(computeSeconds, later.computeSeconds, share),
        mean(gatherSeconds, later.gatherSeconds, share),
        mean(averageSeconds, later.averageSeconds, share),
        means(replicaSeconds, later.replicaSeconds, share),
        means(replicaDistances, later.replicaDistances, share));
  }

  /** The same without what is known of each replica. */
  public RoundEnded withoutReplicas() {
    return new RoundEnded(
        time,
        epoch,
        round,
        rounds,
        examples,
        trainLoss,
        trainAccuracy,
        learningRate,
        imagesPerSecond,
        broadcastSeconds,
        computeSeconds,
        gatherSeconds,
        averageSeconds,
        List.of(),
        List.of());
  }

  private double rate(RoundEnded later) {
    double seconds = seconds() + later.seconds();
    return seconds > 0 && examples + later.examples > 0
        ? (examples + later.examples) / seconds
        : mean(imagesPerSecond, later.imagesPerSecond, 0.5);
  }

  private double seconds() {
    return rounds * (broadcastSeconds + computeSeconds + gatherSeconds + averageSeconds);
  }

  private static double mean(double earlier, double later, double share) {
    return earlier + (later - earlier) * share;
  }

  private static List<Double> means(List<Double> earlier, List<Double> later, double share) {
    if (earlier.size() != later.size()) {
      return later;
    }
    Double[] means = new Double[later.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(earlier.get(i), later.get(i), share);
    }
    return List.of(means);
  }
}
