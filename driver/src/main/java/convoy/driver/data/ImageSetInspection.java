package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.Normalization;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PixelStatistics;
import convoy.worker.model.FloatVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What reading every record of an image set once tells, before any training.
 *
 * @param normalization mean and deviation of the training images
 * @param fingerprint SHA-256 over all records of both splits: the same bytes, the same fingerprint
 */
public record ImageSetInspection(Normalization normalization, String fingerprint) {

  /**
   * Reads the whole set on the executors, one task a slice.
   *
   * @throws UserException naming the file, if one may not be read or is gone, and the byte offset,
   *     if a label is out of range
   */
  public static ImageSetInspection of(JavaSparkContext spark, ImageSet set) {
    List<FileSlice> slices = new ArrayList<>(set.training());
    slices.addAll(set.test());
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    List<SliceInspection> inspections;
    try {
      inspections =
          spark
              .parallelize(slices, slices.size())
              .map(slice -> SliceInspection.of(slice, configuration.value().value()))
              .collect();
    } finally {
      configuration.destroy();
    }
    inspections.stream()
        .map(SliceInspection::problem)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(ImageSetInspection::refuse);
    PixelStatistics training =
        inspections.subList(0, set.training().size()).stream()
            .map(SliceInspection::statistics)
            .reduce(PixelStatistics.empty(CifarRecord.SHAPE.channels()), PixelStatistics::plus);
    StringBuilder digests = new StringBuilder();
    inspections.forEach(inspection -> digests.append(inspection.sha256()).append('\n'));
    return new ImageSetInspection(
        training.normalization(),
        FloatVector.sha256(digests.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void refuse(String problem) {
    throw new UserException(ExitCode.INPUT, "Cannot read the image set: " + problem);
  }
}
