package convoy.bench;

import convoy.bench.worker.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * A contestant of one or more equal worker processes that work at the same time: an engine's two
 * replicas, or one process with as many threads as it is told.
 *
 * <p>A repetition takes as long as its slowest process, since that is what an averaging waits for.
 * It has at least {@link #LEAST_STEPS} steps and {@link #LEAST_SECONDS}, and fewer steps only where
 * these would go beyond {@link #MOST_SECONDS}.
 */
final class WorkerTeam implements Contestant {
  private static final int LEAST_STEPS = 3;
  private static final double LEAST_SECONDS = 1.5;
  private static final double MOST_SECONDS = 10;
  private static final double WARM_UP_SECONDS = 2;

  /** A contestant so slow that its repetitions have come to this has no more of them. */
  private static final double SPENT_SECONDS = 60;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Workload workload;
  private final List<String> command;
  private final int processes;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private int steps;
  private double seconds;

  /**
   * A team.
   *
   * @param command that starts one of its processes
   * @param processes how many; each has {@code workload.threads() / processes} threads
   */
  WorkerTeam(Workload workload, List<String> command, int processes) {
    this.workload = workload;
    this.command = command;
    this.processes = processes;
  }

  @Override
  public Workload workload() {
    return workload;
  }

  @Override
  public Opened open() throws ContestantException {
    for (int i = 0; i < processes; i++) {
      workers.add(WorkerProcess.start(command, workload.threads() / processes));
    }
    Opened opened = null;
    for (WorkerProcess worker : workers) {
      opened = worker.awaitReady();
    }
    steps = stepsOfRepetition(warmUp());
    return opened;
  }

  /** Steps until they are at full speed; gives the seconds of the last. */
  private double warmUp() throws ContestantException {
    double sum = 0;
    double last = 0;
    for (int i = 0; (i < LEAST_STEPS || sum < WARM_UP_SECONDS) && sum < MOST_SECONDS; i++) {
      last = run(1);
      sum += last;
    }
    return last;
  }

  static int stepsOfRepetition(double secondsPerStep) {
    int wanted = Math.max(LEAST_STEPS, (int) Math.ceil(LEAST_SECONDS / secondsPerStep));
    return Math.max(1, Math.min(wanted, (int) (MOST_SECONDS / secondsPerStep)));
  }

  @Override
  public double repeat() throws ContestantException {
    double took = run(steps);
    seconds += took;
    return (double) steps * workload.batchSize() * processes / took;
  }

  @Override
  public boolean isSpent() {
    return seconds > SPENT_SECONDS;
  }

  private double run(int count) throws ContestantException {
    for (WorkerProcess worker : workers) {
      worker.ask(count);
    }
    long slowest = 0;
    for (WorkerProcess worker : workers) {
      slowest = Math.max(slowest, worker.awaitNanos());
    }
    return slowest / NANOS_PER_SECOND;
  }

  @Override
  public long peakMebibytes() {
    return workers.stream().mapToLong(WorkerProcess::peakMebibytes).max().orElse(0);
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
  }
}
