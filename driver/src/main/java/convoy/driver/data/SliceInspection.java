package convoy.driver.data;

import convoy.driver.store.Failures;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PixelStatistics;
import convoy.worker.model.FloatVector;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;

/**
 * What one task found out about its slice: statistics, a digest, and what is wrong with it: that it
 * may not be read, or its first bad label.
 */
final class SliceInspection implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PixelStatistics statistics;
  private final String sha256;
  private final String problem;

  private SliceInspection(PixelStatistics statistics, String sha256, String problem) {
    this.statistics = statistics;
    this.sha256 = sha256;
    this.problem = problem;
  }

  static SliceInspection of(FileSlice slice, Configuration configuration) throws IOException {
    byte[] records;
    try {
      records = SliceReader.bytes(slice, configuration);
    } catch (AccessControlException | FileNotFoundException e) {
      return new SliceInspection(
          PixelStatistics.empty(CifarRecord.SHAPE.channels()),
          "",
          "%s cannot be read: %s (check its permissions)"
              .formatted(slice.file(), Failures.firstLine(e)));
    }
    ImageShard shard = SliceReader.shard(records);
    return new SliceInspection(
        PixelStatistics.of(shard), FloatVector.sha256(records), firstBadLabel(slice, shard));
  }

  private static String firstBadLabel(FileSlice slice, ImageShard shard) {
    for (int i = 0; i < shard.count(); i++) {
      if (shard.label(i) >= CifarRecord.CLASSES) {
        return "%s: the label at byte %d is %d; expected 0 to %d (import the data set again)"
            .formatted(
                slice.file(),
                (slice.firstRecord() + i) * CifarRecord.BYTES,
                shard.label(i),
                CifarRecord.CLASSES - 1);
      }
    }
    return null;
  }

  PixelStatistics statistics() {
    return statistics;
  }

  String sha256() {
    return sha256;
  }

  /** One sentence about what is wrong first, with what to do about it, or null if nothing is. */
  String problem() {
    return problem;
  }
}
