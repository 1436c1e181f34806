package convoy.bench;

import convoy.bench.Contestant.Opened;
import convoy.bench.worker.WorkerLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a Java process of its own, asked and answered in lines ({@link WorkerLoop}). */
final class WorkerProcess implements AutoCloseable {
  private static final long SECONDS_TO_END = 10;

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param threads of its native code, told by the environment, which is read before any library
   */
  static WorkerProcess start(List<String> command, int threads) throws ContestantException {
    try {
      Path log = Files.createTempFile("convoy-bench", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
      // As Convoy's executors have it (ConvoySparkConf); for the peers too, that all be alike.
      builder.environment().putIfAbsent("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new ContestantException("Cannot start a worker: " + e.getMessage(), e);
    }
  }

  /** Waits until the subject is open. */
  Opened awaitReady() throws ContestantException {
    String[] fields = await(WorkerLoop.READY).split("\t", 2);
    return new Opened(fields[1], Long.parseLong(fields[0]));
  }

  /** Asks for steps and does not wait. */
  void ask(int steps) throws ContestantException {
    try {
      requests.write(steps + "\n");
      requests.flush();
    } catch (IOException e) {
      // Its process has ended; waiting for the answer finds out why.
      await(WorkerLoop.TOOK);
    }
  }

  /** Waits for the steps that were asked for: how long they took. */
  long awaitNanos() throws ContestantException {
    return Long.parseLong(await(WorkerLoop.TOOK));
  }

  /** The most resident memory that the process has had; 0 if not known. */
  long peakMebibytes() {
    return ResidentMemory.peakMebibytes(process.pid());
  }

  private String await(String kind) throws ContestantException {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        String[] fields = line.split("\t", 3);
        if (fields.length < 3 || !fields[0].equals(WorkerLoop.MARK)) {
          continue;
        }
        if (fields[1].equals(kind)) {
          return fields[2];
        }
        throw new ContestantException(fields[2]);
      }
      throw new ContestantException(died());
    } catch (IOException e) {
      throw new ContestantException(died(), e);
    }
  }

  private String died() {
    try {
      String last = "";
      for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
        last = line.isBlank() ? last : line.strip();
      }
      String end =
          process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)
              ? "ended with exit code " + process.exitValue()
              : "closed its output";
      return "its process " + end + (last.isEmpty() ? "" : "; its last words: " + last);
    } catch (IOException e) {
      return "its process ended";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "its process ended";
    }
  }

  /** Ends the process: at the end of its input it goes by itself, else by force. */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // A log in the folder for temporary files may stay.
    }
  }
}
