package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import convoy.worker.model.FloatVector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads every record of an image set once, before anything is computed from it: checks that each
 * label is that of a class, and gives its {@link ImageSetContents}. A task holds one record at a
 * time.
 */
public final class ImageSetInspection {
  private ImageSetInspection() {}

  /**
   * Reads the whole set on the executors, one task per slice.
   *
   * @throws UserException naming the file, if one may not be read or is gone, and the byte offset,
   *     if a label is out of range; or if the set says of itself what is not so
   */
  public static ImageSetContents of(JavaSparkContext spark, ImageSource source) {
    List<Slice> slices = slices(source);
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      return contents(
          source,
          spark
              .parallelize(slices, slices.size())
              .map(slice -> SliceInspection.of(source, slice, configuration.value().value()))
              .collect());
    } finally {
      configuration.destroy();
    }
  }

  /** The same in this process, for a set that was written here. */
  public static ImageSetContents of(Configuration configuration, ImageSource source)
      throws IOException {
    List<SliceInspection> inspections = new ArrayList<>();
    for (Slice slice : slices(source)) {
      inspections.add(SliceInspection.of(source, slice, configuration));
    }
    return contents(source, inspections);
  }

  /** All slices, in the order in which the fingerprint has them. */
  private static List<Slice> slices(ImageSource source) {
    return Arrays.stream(Split.values()).flatMap(split -> source.slices(split).stream()).toList();
  }

  private static ImageSetContents contents(ImageSource source, List<SliceInspection> inspections) {
    StringBuilder digests = new StringBuilder();
    for (SliceInspection inspection : inspections) {
      inspection.problem().ifPresent(ImageSetInspection::refuse);
      digests.append(inspection.sha256()).append('\n');
    }
    Map<Split, List<Long>> imagesPerClass = new EnumMap<>(Split.class);
    int first = 0;
    for (Split split : Split.values()) {
      int end = first + source.slices(split).size();
      if (end > first) {
        imagesPerClass.put(split, imagesPerClass(inspections.subList(first, end)));
      }
      first = end;
    }
    ImageSetContents found =
        new ImageSetContents(
            imagesPerClass,
            inspections.subList(0, source.slices(Split.TRAINING).size()).stream()
                .map(SliceInspection::statistics)
                .reduce(
                    PixelStatistics.empty(source.set().storedShape().channels()),
                    PixelStatistics::plus),
            FloatVector.sha256(digests.toString().getBytes(StandardCharsets.UTF_8)));
    requireAsDescribed(source.set(), found);
    return found;
  }

  private static List<Long> imagesPerClass(List<SliceInspection> inspections) {
    long[] images = new long[inspections.get(0).imagesPerClass().size()];
    for (SliceInspection inspection : inspections) {
      Arrays.setAll(images, label -> images[label] + inspection.imagesPerClass().get(label));
    }
    return Arrays.stream(images).boxed().toList();
  }

  private static void refuse(String problem) {
    throw new UserException(ExitCode.INPUT, problem);
  }

  private static void requireAsDescribed(ImageSet set, ImageSetContents found) {
    ImageSetContents described = set.contents();
    if (!described.isKnown()) {
      return;
    }
    if (!described.fingerprint().equals(found.fingerprint())) {
      throw otherThanDescribed(
          set,
          "the fingerprint of its records is %s, and its description says %s"
              .formatted(found.fingerprint(), described.fingerprint()));
    }
    if (!described.imagesPerClass().equals(found.imagesPerClass())) {
      throw otherThanDescribed(
          set, "its classes do not have the numbers of images that its description says");
    }
    if (!Arrays.equals(described.training().sums(), found.training().sums())
        || !Arrays.equals(described.training().squares(), found.training().squares())) {
      throw otherThanDescribed(
          set,
          "the sums of its training pixels are %s, and its description says %s"
              .formatted(
                  Arrays.toString(found.training().sums()),
                  Arrays.toString(described.training().sums())));
    }
  }

  private static UserException otherThanDescribed(ImageSet set, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot use the image set %s: %s (import the data set again)".formatted(set.uri(), reason));
  }
}
