package convoy.it;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * HDFS and Spark as real processes on this machine, from {@code scripts/cluster}: two Workers of
 * one core each. It has ports of its own, and its files are in {@code target/cluster}.
 */
final class Cluster implements AutoCloseable {
  private static final Path FOLDER = Checkout.TARGET.resolve("cluster");
  private static final int PORTS_APART = 1000;
  private static final int MOST_CLUSTERS = 12;

  private final Map<String, String> environment;
  private final Hdfs hdfs;
  private final Thread downAtExit;

  private Cluster(Map<String, String> environment, Hdfs hdfs, Thread downAtExit) {
    this.environment = environment;
    this.hdfs = hdfs;
    this.downAtExit = downAtExit;
  }

  /** Starts a cluster on the first ports that are free. */
  static Cluster start() throws IOException, InterruptedException {
    // What tests left that were killed.
    down();
    // For tests that are interrupted.
    Thread downAtExit = new Thread(Cluster::down);
    Runtime.getRuntime().addShutdownHook(downAtExit);
    for (int i = 1; i <= MOST_CLUSTERS; i++) {
      String offset = Integer.toString(i * PORTS_APART);
      Outcome up =
          Program.run(script(offset, "up", "--workers", "2"), Checkout.output("cluster-up"));
      if (up.exitCode() == 0) {
        Map<String, String> environment = environment();
        return new Cluster(environment, new Hdfs(FOLDER.resolve("conf")), downAtExit);
      }
      if (up.err().stream().noneMatch(line -> line.contains("is taken"))) {
        throw new AssertionError("The cluster did not start: " + up.text());
      }
    }
    throw new AssertionError("The cluster did not start: the ports of all offsets are taken");
  }

  /** Its HDFS. */
  Hdfs hdfs() {
    return hdfs;
  }

  /** The address of its History Server: its port is as far from the usual one as the Master's. */
  String historyServer() {
    int master = URI.create(environment.get("CONVOY_MASTER")).getPort();
    return "http://127.0.0.1:" + (master - 7077 + 18080);
  }

  /** The URI of an absolute path on its HDFS. */
  String uri(String path) {
    return environment.get("CONVOY_FS") + path;
  }

  /**
   * Starts {@code scripts/convoy} on this cluster, unless the arguments name another master.
   *
   * @param name of the files that keep what it prints, and of its event log
   */
  Program start(String name, List<String> arguments) throws IOException {
    hdfs.makeFolder(EventLog.folder(name));
    List<String> logged = new ArrayList<>(arguments);
    logged.addAll(List.of("--conf", "spark.eventLog.dir=" + uri(EventLog.folder(name))));
    return Program.start(Checkout.script("convoy", environment, logged), Checkout.output(name));
  }

  /** Runs {@code scripts/convoy} on this cluster to its end. */
  Outcome run(String name, List<String> arguments) throws IOException, InterruptedException {
    try (Program program = start(name, arguments)) {
      return program.await();
    }
  }

  /** The executor processes of an application that runs, by executor. */
  Map<String, ProcessHandle> executors(String application) throws IOException {
    Map<String, ProcessHandle> executors = new HashMap<>();
    List<ProcessHandle> processes = ProcessHandle.allProcesses().toList();
    for (ProcessHandle process : processes) {
      Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
      Path folder;
      try {
        folder = Files.readSymbolicLink(link);
      } catch (IOException e) {
        // It has ended, or is somebody else's.
        continue;
      }
      // A Worker starts each executor in work/WORKER/APPLICATION/EXECUTOR.
      if (folder.startsWith(FOLDER.resolve("work")) && folder.getParent().endsWith(application)) {
        executors.put(folder.getFileName().toString(), process);
      }
    }
    return executors;
  }

  /** What Spark's event log tells of a command that has ended. */
  EventLog eventLog(String name) throws IOException {
    return EventLog.read(hdfs, name);
  }

  @Override
  public void close() throws IOException {
    hdfs.close();
    down();
    Runtime.getRuntime().removeShutdownHook(downAtExit);
  }

  private static ProcessBuilder script(String portOffset, String... arguments) {
    return Checkout.script(
        "cluster",
        Map.of("CONVOY_CLUSTER", FOLDER.toString(), "CONVOY_PORT_OFFSET", portOffset),
        List.of(arguments));
  }

  /** The variables that lead {@code scripts/convoy} to the cluster. */
  private static Map<String, String> environment() throws IOException, InterruptedException {
    return Program.run(script("0", "env"), Checkout.output("cluster-env")).out().stream()
        .map(line -> line.replaceFirst("^export ", "").split("=", 2))
        .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
  }

  /**
   * Ends the cluster, if there is one; not as a {@link Program}, for it must run at the very end.
   */
  private static void down() {
    int exitCode;
    try {
      exitCode = script("0", "down").redirectOutput(Redirect.DISCARD).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("Cannot end the cluster in " + FOLDER, e);
    }
    if (exitCode != 0) {
      throw new AssertionError("Cannot end the cluster in %s: %d".formatted(FOLDER, exitCode));
    }
  }
}
