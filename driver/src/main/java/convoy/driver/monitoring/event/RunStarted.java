package convoy.driver.monitoring.event;

import java.util.List;
import java.util.Map;

/**
 * A training run has begun, or goes on.
 *
 * @param time milliseconds since 1970
 * @param network its name, such as resnet-20
 * @param data the image set's directory, a URI
 * @param output the directory that the run writes to, a URI
 * @param classes how many
 * @param classNames in label order; the first {@value #MOST_CLASS_NAMES} of more
 * @param images of each split, by its word
 * @param split whose images accuracy is measured on after each epoch, {@code validation} or {@code
 *     test}
 * @param replicas K
 * @param batchSize B, images of one replica's step
 * @param roundLength when replicas are averaged, in words
 * @param engine that runs the network
 * @param precision of its numbers, such as float32
 * @param device {@code cpu} or {@code gpu}
 * @param parameters of the network, how many numbers
 * @param epochs at most
 * @param rounds of all epochs
 * @param resumedRounds rounds done by earlier attempts, whose events come again after this one; 0
 *     for a run that begins
 * @param configuration every setting by its key
 * @param versions of Convoy and of what it runs on, by name
 */
public record RunStarted(
    long time,
    String network,
    String data,
    String output,
    int classes,
    List<String> classNames,
    Map<String, Long> images,
    String split,
    int replicas,
    int batchSize,
    String roundLength,
    String engine,
    String precision,
    String device,
    long parameters,
    int epochs,
    int rounds,
    int resumedRounds,
    Map<String, String> configuration,
    Map<String, String> versions)
    implements RunEvent {
  /** More would make the event log long, and no page shows them. */
  public static final int MOST_CLASS_NAMES = 1_000;

  /** Drops surplus class names. */
  public RunStarted {
    classNames = List.copyOf(classNames.subList(0, Math.min(MOST_CLASS_NAMES, classNames.size())));
  }
}
