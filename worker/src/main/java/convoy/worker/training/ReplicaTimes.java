package convoy.worker.training;

import java.io.Serializable;

/** Where a replica's time in a round went, in nanoseconds. */
public final class ReplicaTimes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long loadNanos;
  private final long computeNanos;
  private final long copyNanos;

  /** Times; see the methods of the same names. */
  public ReplicaTimes(long loadNanos, long computeNanos, long copyNanos) {
    this.loadNanos = loadNanos;
    this.computeNanos = computeNanos;
    this.copyNanos = copyNanos;
  }

  /** Gathering, augmenting and normalising minibatches. */
  public long loadNanos() {
    return loadNanos;
  }

  /** The network's steps. */
  public long computeNanos() {
    return computeNanos;
  }

  /** Opening the network, loading the state into it and reading it back. */
  public long copyNanos() {
    return copyNanos;
  }

  /** All of it. */
  public long totalNanos() {
    return loadNanos + computeNanos + copyNanos;
  }
}
