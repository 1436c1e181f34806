package convoy.worker.engine;

import java.util.List;

/**
 * Where the time of a training step goes, measured on random images.
 *
 * @param parts of the step, in the order in which they run; the optimizer is the last
 * @param stepMilliseconds a whole step undisturbed, the median
 * @param peakGigaflopsPerSecond what a product of matrices reaches in the same process
 * @param arenaBytes memory that activations, their gradients and scratch space share
 */
public record StepProfile(
    List<Part> parts, double stepMilliseconds, double peakGigaflopsPerSecond, long arenaBytes) {
  /**
   * A part of a step.
   *
   * @param layer the layer that it belongs to
   * @param kind what it does
   * @param milliseconds the median
   * @param operations multiplications and additions of floats; 0 where they are not what it costs
   */
  public record Part(String layer, String kind, double milliseconds, double operations) {}
}
