package convoy.bench.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The worker's side of the talk with the bench: it opens its subject, says so, and then takes as
 * many steps as each line of its input asks for. While it is not asked it waits for input, which
 * costs no processor time; when the input ends, so does it, hence no worker outlives the bench.
 *
 * <p>Its answers are lines of fields parted by tabs, the first being {@link #MARK}: {@code ready},
 * the number of values, the version; {@code took}, nanoseconds; {@code failed}, the reason.
 */
public final class WorkerLoop {
  /** Begins every answer; whatever else a library prints is none. */
  public static final String MARK = "bench";

  /** First answer, once the subject is open. */
  public static final String READY = "ready";

  /** Answer to a request. */
  public static final String TOOK = "took";

  /** Last answer of a worker that cannot go on. */
  public static final String FAILED = "failed";

  /** Opens what a workload names. */
  public interface Opener {
    /** The subject, ready for its first step. */
    Subject open(Workload workload) throws Exception;
  }

  private WorkerLoop() {}

  /** Serves the process's input and output until the input ends. */
  public static void run(String[] arguments, Opener opener) throws IOException {
    PrintStream answers = System.out;
    // What libraries print must not stand among the answers.
    System.setOut(System.err);
    serve(Workload.parse(arguments), opener, System.in, answers);
  }

  static void serve(Workload workload, Opener opener, InputStream requests, PrintStream answers)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
    try {
      Subject subject = opener.open(workload);
      answer(answers, READY, subject.values() + "\t" + subject.version());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int steps = Integer.parseInt(line);
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
          subject.step();
        }
        answer(answers, TOOK, Long.toString(System.nanoTime() - start));
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      // One row of the table, with this reason; the trace goes to the worker's log.
      e.printStackTrace();
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      answer(answers, FAILED, reason.replaceAll("\\s+", " "));
    }
  }

  private static void answer(PrintStream answers, String kind, String text) {
    answers.print(MARK + "\t" + kind + "\t" + text + "\n");
    answers.flush();
  }
}
