package convoy.bench;

import convoy.bench.worker.Workload;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of one contestant.
 *
 * @param workload what it did
 * @param version what ran the network, with its version; empty if it never came to say so
 * @param imagesPerSecond one value a repetition, in time order; empty if it failed
 * @param peakMebibytes the most memory that one of its processes held, 0 if not known
 * @param failure why there is nothing to show
 */
record Measurement(
    Workload workload,
    String version,
    List<Double> imagesPerSecond,
    long peakMebibytes,
    Optional<String> failure) {

  static Measurement failed(Workload workload, String version, String reason) {
    return new Measurement(workload, version, List.of(), 0, Optional.of(reason));
  }

  double median() {
    return Medians.of(imagesPerSecond);
  }

  double lowest() {
    return Collections.min(imagesPerSecond);
  }

  double highest() {
    return Collections.max(imagesPerSecond);
  }
}
