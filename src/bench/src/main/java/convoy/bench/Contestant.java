package convoy.bench;

import convoy.bench.worker.Workload;

/** One of those that are measured side by side. Between repetitions it does nothing. */
interface Contestant extends AutoCloseable {
  /** What it does. */
  Workload workload();

  /** Makes it ready: what comes after is at full speed. */
  Opened open() throws ContestantException;

  /** One timed repetition, in images per second. */
  double repeat() throws ContestantException;

  /** Whether another repetition would take longer than is reasonable. */
  boolean isSpent();

  /** The most memory that one of its processes has held so far, in MiB; 0 if not known. */
  long peakMebibytes();

  /** Ends its processes. */
  @Override
  void close();

  /**
   * What it says of itself when it is ready.
   *
   * @param version what runs the network, with its version
   * @param values parameters and running statistics of its network, 0 if not known
   */
  record Opened(String version, long values) {}
}
