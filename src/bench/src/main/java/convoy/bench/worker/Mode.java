package convoy.bench.worker;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is done with the network. */
public enum Mode {
  /** Training steps: forward, backward, optimizer. */
  TRAIN,
  /** Forward passes of a trained network. */
  PREDICT,
  /** Whole rounds of a training run through Spark: broadcast, local steps, averaging. */
  END_TO_END;

  /** Its name in options, tables and JSON: {@code train}, {@code predict}, {@code end-to-end}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The mode of that name.
   *
   * @throws IllegalArgumentException with the names there are, for any other
   */
  public static Mode named(String label) {
    return Arrays.stream(values())
        .filter(mode -> mode.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot measure '%s': there are %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Mode::label)
                                .collect(Collectors.joining(", ")))));
  }
}
