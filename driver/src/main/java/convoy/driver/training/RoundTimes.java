package convoy.driver.training;

/**
 * Where a round's time went, in seconds of the driver's clock.
 *
 * @param broadcast until the state is ready to be fetched by the executors
 * @param compute the slowest replica: loading, steps, copying
 * @param gather the rest of the job: scheduling, fetching the state, bringing the updates together;
 *     where they are sliced, averaging the slices too
 * @param average what the driver has left to do: adding the updates up, or joining their slices
 */
public record RoundTimes(double broadcast, double compute, double gather, double average) {
  /** All of it. */
  public double total() {
    return broadcast + compute + gather + average;
  }

  RoundTimes plus(RoundTimes other) {
    return new RoundTimes(
        broadcast + other.broadcast,
        compute + other.compute,
        gather + other.gather,
        average + other.average);
  }
}
