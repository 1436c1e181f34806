package convoy.bench.worker;

import java.util.List;

/**
 * What is measured. Images are 3x32x32, classes ten.
 *
 * @param engine the name of what runs the network, for instance {@code dl4j}
 * @param network the network's name, for instance {@code resnet-20}
 * @param mode what is done with it
 * @param threads cores kept busy, 1 or more
 * @param batchSize images of one step of one process, 1 or more
 */
public record Workload(String engine, String network, Mode mode, int threads, int batchSize) {

  /** The command line that {@link #parse} reads. */
  public List<String> arguments() {
    return List.of(
        engine, network, mode.label(), Integer.toString(threads), Integer.toString(batchSize));
  }

  /** The workload that {@link #arguments} wrote. */
  static Workload parse(String[] arguments) {
    return new Workload(
        arguments[0],
        arguments[1],
        Mode.named(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]));
  }
}
