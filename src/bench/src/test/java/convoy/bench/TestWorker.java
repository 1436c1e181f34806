package convoy.bench;

import convoy.bench.worker.Subject;
import convoy.bench.worker.WorkerLoop;
import convoy.bench.worker.Workload;
import java.io.IOException;

/** A worker that needs no network; the workload's network says how it behaves. */
public final class TestWorker {
  static final String SLEEPS = "sleeps";
  static final String DIES = "dies";
  static final String REFUSES = "refuses";

  /** Milliseconds of a step. */
  static final int STEP = 20;

  private TestWorker() {}

  /** Arguments: a workload's. */
  public static void main(String[] arguments) throws IOException {
    WorkerLoop.run(arguments, TestWorker::open);
  }

  private static Subject open(Workload workload) {
    if (workload.network().equals(REFUSES)) {
      throw new IllegalArgumentException("Cannot build it:\nno such network");
    }
    System.out.println("bench of a library, which is no answer");
    return new Sleeper("test 1.0", 7, workload.network().equals(DIES));
  }

  private record Sleeper(String version, long values, boolean dies) implements Subject {
    @Override
    public void step() {
      if (dies) {
        System.err.println("no more memory");
        Runtime.getRuntime().halt(3);
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
