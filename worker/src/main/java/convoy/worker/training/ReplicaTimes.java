package convoy.worker.training;

import java.io.Serializable;

/**
 * Where a replica's time in a round went, in nanoseconds.
 *
 * @param loadNanos gathering, augmenting and normalising minibatches
 * @param computeNanos the network's steps
 * @param copyNanos opening the network, loading the state into it and reading it back
 */
public record ReplicaTimes(long loadNanos, long computeNanos, long copyNanos)
    implements Serializable {
  /** The total. */
  public long totalNanos() {
    return loadNanos + computeNanos + copyNanos;
  }
}
