package convoy.bench.worker;

import java.util.List;

/**
 * What is measured.
 *
 * @param engine the name of what runs the network, for instance {@code dl4j}
 * @param network the network's name, for instance {@code resnet-20}
 * @param pixels rows and columns of its images, three channels each
 * @param mode what is done with it
 * @param threads cores kept busy, 1 or more
 * @param batchSize images of one step of one process, 1 or more
 */
public record Workload(
    String engine, String network, int pixels, Mode mode, int threads, int batchSize) {

  /** The command line that {@link #parse} reads. */
  public List<String> arguments() {
    return List.of(
        engine,
        network,
        Integer.toString(pixels),
        mode.label(),
        Integer.toString(threads),
        Integer.toString(batchSize));
  }

  /** The workload that {@link #arguments} wrote. */
  static Workload parse(String[] arguments) {
    return new Workload(
        arguments[0],
        arguments[1],
        Integer.parseInt(arguments[2]),
        Mode.named(arguments[3]),
        Integer.parseInt(arguments[4]),
        Integer.parseInt(arguments[5]));
  }
}
