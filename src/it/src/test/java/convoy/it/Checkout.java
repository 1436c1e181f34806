package convoy.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The checkout under test: its scripts run the application jar and the Spark home that it built.
 */
final class Checkout {
  private static final Path ROOT = Path.of(System.getProperty("convoy.root")).normalize();

  /** Files of the tests: what the programs printed, and the cluster's. */
  static final Path TARGET = ROOT.resolve("src/it/target");

  /** Variables that the scripts read and that a user may have set. */
  private static final List<String> USERS_VARIABLES =
      List.of(
          "CONVOY_CLUSTER",
          "CONVOY_FS",
          "CONVOY_MASTER",
          "CONVOY_PORT_OFFSET",
          "HADOOP_CONF_DIR",
          "LOG4J_CONFIGURATION_FILE",
          "SPARK_CONF_DIR");

  private Checkout() {}

  /** A call of a script of the checkout, with these variables and none that the user has set. */
  static ProcessBuilder script(
      String name, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("scripts/" + name).toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(USERS_VARIABLES);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_HOME", System.getProperty("spark.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Runs {@code scripts/convoy} on one thread of its own process, without any cluster.
   *
   * @param output name of the files that keep what it prints
   */
  static Outcome convoyAlone(String output, String... arguments)
      throws IOException, InterruptedException {
    List<String> alone = new ArrayList<>(List.of("--master", "local[1]"));
    alone.addAll(List.of(arguments));
    return Program.run(script("convoy", Map.of(), alone), output(output));
  }

  /** The path of files that keep what a program prints. */
  static Path output(String name) {
    return TARGET.resolve("output").resolve(name);
  }
}
