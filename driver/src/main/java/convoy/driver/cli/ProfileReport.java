package convoy.driver.cli;

import convoy.worker.engine.StepProfile;
import convoy.worker.engine.StepProfile.Part;
import convoy.worker.network.NetworkSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A profile of a training step as text: by kind of work, the costliest first, then by layer. */
final class ProfileReport {
  private static final double MEBIBYTE = 1 << 20;

  private ProfileReport() {}

  static String of(NetworkSpec network, int batchSize, StepProfile profile) {
    double sum = milliseconds(profile.parts());
    String head =
        format(
            "%s, %d classes, minibatches of %d images of %s: %.1f ms per step, %.1f images/s (medians)%n"
                + "Arena %.1f MiB; a product of matrices reaches %.1f GFLOP/s here%n",
            network.name(),
            network.classes(),
            batchSize,
            network.inputShape(),
            profile.stepMilliseconds(),
            batchSize * 1e3 / profile.stepMilliseconds(),
            profile.arenaBytes() / MEBIBYTE,
            profile.peakGigaflopsPerSecond());
    Map<String, List<Part>> kinds = groups(profile, Part::kind);
    List<String> costliestFirst =
        kinds.keySet().stream()
            .sorted(Comparator.comparingDouble(kind -> -milliseconds(kinds.get(kind))))
            .toList();
    Map<String, List<Part>> layers = groups(profile, Part::layer);
    return head
        + table("kind", costliestFirst, kinds, sum, profile.peakGigaflopsPerSecond())
        + table(
            "layer", List.copyOf(layers.keySet()), layers, sum, profile.peakGigaflopsPerSecond());
  }

  private static Map<String, List<Part>> groups(StepProfile profile, Function<Part, String> name) {
    return profile.parts().stream()
        .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
  }

  private static String table(
      String title, List<String> names, Map<String, List<Part>> groups, double sum, double peak) {
    StringBuilder table =
        new StringBuilder(
            format("%n%-34s %9s %6s %9s %7s%n", title, "ms", "share", "GFLOP/s", "of peak"));
    for (String name : names) {
      List<Part> parts = groups.get(name);
      double milliseconds = milliseconds(parts);
      double operations = parts.stream().mapToDouble(Part::operations).sum();
      table.append(format("%-34s %9.2f %5.1f%%", name, milliseconds, 100 * milliseconds / sum));
      if (operations > 0) {
        double rate = operations / milliseconds / 1e6;
        table.append(format(" %9.1f %6.0f%%", rate, 100 * rate / peak));
      }
      table.append(format("%n"));
    }
    return table.toString();
  }

  private static double milliseconds(List<Part> parts) {
    return parts.stream().mapToDouble(Part::milliseconds).sum();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
