package convoy.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program in a process of its own. What it prints goes to two files, which stay. It ends with its
 * time limit, with {@link #close}, or with the tests.
 */
final class Program implements AutoCloseable {
  /** Ten times what the longest one takes where two cores are free. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Process process;
  private final Path out;
  private final Path err;
  private final long start = System.nanoTime();
  private final Thread atExit;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.atExit = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a program.
   *
   * @param output the files' path, without {@code .out} and {@code .err}
   */
  static Program start(ProcessBuilder builder, Path output) throws IOException {
    Files.createDirectories(output.getParent());
    Path out = output.resolveSibling(output.getFileName() + ".out");
    Path err = output.resolveSibling(output.getFileName() + ".err");
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Program(process, out, err);
  }

  /** Runs a program to its end. */
  static Outcome run(ProcessBuilder builder, Path output) throws IOException, InterruptedException {
    try (Program program = start(builder, output)) {
      return program.await();
    }
  }

  /** Waits until a line of the standard error holds a match. */
  void awaitError(String pattern) throws IOException, InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    while (read(err).lines().noneMatch(line -> wanted.matcher(line).find())) {
      if (!process.isAlive() || elapsed().compareTo(LIMIT) > 0) {
        throw new AssertionError("No line like '%s': %s".formatted(pattern, await().text()));
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  /** Waits for the end, at most {@link #LIMIT} from the start. */
  Outcome await() throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT.minus(elapsed()).toMillis(), TimeUnit.MILLISECONDS);
    Duration time = elapsed();
    close();
    Outcome outcome =
        new Outcome(
            process.waitFor(), read(out).lines().toList(), read(err).lines().toList(), time);
    if (!ended) {
      throw new AssertionError("Killed, for it had not ended: " + outcome.text());
    }
    return outcome;
  }

  /** Asks the process to end, with SIGTERM, and waits for its end. */
  Outcome terminate() throws IOException, InterruptedException {
    process.destroy();
    return await();
  }

  /** Ends the process with SIGKILL, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
