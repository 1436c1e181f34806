package convoy.driver.training;

import convoy.driver.data.ImageSet;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Fit;
import convoy.worker.network.NetworkSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings that determine the parameters a training run ends with; not where, nor how long. The
 * configuration says which of its keys do; what it cannot know is added here.
 */
final class ResultSettings {
  /** The block whose momentum does not go on with another step; see {@link Resumption}. */
  static final String OUTER_STEP = "averaging.outer.";

  /** The block whose value does not go on with another weighting; see {@link Resumption}. */
  static final String MEAN = "averaging.mean.";

  /** Says whether the parameters of the best epoch are kept; see {@link Resumption}. */
  static final String KEPT_EPOCH = "training.keep";

  /** What checkpoints of earlier versions do not say. */
  private static final String SHAPE = "data shape";

  private static final String FIT = "data fit";
  private static final String CLASSES = "data classes";
  private static final Set<String> DATA = Set.of(SHAPE, FIT, CLASSES);

  private static final String FINGERPRINT = "data fingerprint";
  private static final String DROPOUT_SHARE = "training.dropout-share";
  private static final Set<String> FIXED =
      Set.of(
          FINGERPRINT,
          SHAPE,
          FIT,
          CLASSES,
          "network.name",
          "optimizer.kind",
          "averaging.optimizer-state");
  private static final String ABSENT = "no such setting";

  private ResultSettings() {}

  /**
   * The settings by key, in order of the keys; those that lie idle are not among them.
   *
   * @param configured those that the configuration names
   * @param network that is trained: without dropout, a share of it lies idle
   * @param engine that runs the network, where the configuration may leave the choice
   * @param device that it runs on, {@code cpu} or {@code gpu}, likewise
   * @param set of images, wherever it is
   * @param dataFingerprint of its records
   */
  static Map<String, String> of(
      Map<String, String> configured,
      NetworkSpec network,
      String engine,
      String device,
      ImageSet set,
      String dataFingerprint) {
    Map<String, String> settings = new TreeMap<>(configured);
    settings.put(FINGERPRINT, dataFingerprint);
    settings.put(SHAPE, "%s with a margin of %d".formatted(set.storedShape(), set.margin()));
    settings.put(FIT, set.effectiveFit().map(Fit::name).orElse("ANY"));
    settings.put(CLASSES, ClassList.text(set.classNames()));
    settings.put("engine.name", engine);
    settings.put("engine.device", device);
    if (!network.hasDropout()) {
      settings.remove(DROPOUT_SHARE);
    }
    return settings;
  }

  /** Whether a setting, or all of a block whose name ends with a dot, are the same in both. */
  static boolean isSame(String start, Map<String, String> before, Map<String, String> now) {
    return startingWith(start, before).equals(startingWith(start, now));
  }

  private static Map<String, String> startingWith(String start, Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().startsWith(start))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * The settings that are not what they were, each as a line of words.
   *
   * @throws UserException if one has changed that another training run cannot go on with: its data,
   *     its network, its optimizer, or whether it keeps the optimizer's state
   */
  static List<String> changes(Map<String, String> before, Map<String, String> now) {
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(comparable(now, before).keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), now.get(key)));
    List<String> fixed = keys.stream().filter(FIXED::contains).toList();
    if (!fixed.isEmpty()) {
      throw refused(
          lines(fixed, before, now), "give the old value, or start again with another --output");
    }
    return lines(keys, before, now);
  }

  /** Whether a model that was published with settings is one of these. */
  static boolean areThose(Map<String, String> published, Map<String, String> now) {
    return published != null && published.equals(comparable(now, published));
  }

  /** The settings without those of the data that earlier ones do not speak of. */
  private static Map<String, String> comparable(
      Map<String, String> settings, Map<String, String> earlier) {
    Map<String, String> comparable = new TreeMap<>(settings);
    comparable.keySet().removeIf(key -> DATA.contains(key) && !earlier.containsKey(key));
    return comparable;
  }

  /** The settings that a model keeps: its classes are its labels. */
  static Map<String, String> ofModel(Map<String, String> settings) {
    Map<String, String> kept = new TreeMap<>(settings);
    kept.remove(CLASSES);
    return kept;
  }

  /** The refusal to go on with changed settings, a line each. */
  static UserException refused(List<String> changes, String remedy) {
    return new UserException(
        ExitCode.USAGE,
        changes.stream()
            .map(change -> "Cannot resume the training run: %s (%s)".formatted(change, remedy))
            .collect(Collectors.joining("\n")));
  }

  private static List<String> lines(
      Collection<String> keys, Map<String, String> before, Map<String, String> now) {
    return keys.stream()
        .map(key -> line(key, before.getOrDefault(key, ABSENT), now.getOrDefault(key, ABSENT)))
        .toList();
  }

  private static String line(String key, String before, String now) {
    return key.equals(CLASSES)
        ? ClassList.difference(before, now)
        : "%s was %s and is now %s".formatted(key, before, now);
  }
}
