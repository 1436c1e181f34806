package convoy.driver.data;

import convoy.worker.image.shard.CifarRecord;
import java.util.Random;

/** Records of random pixels for tests; the labels run 0, 1, ... 9, 0, ... */
public final class SampleRecords {
  private SampleRecords() {}

  /** That many records. */
  public static byte[] of(int count) {
    byte[] records = new byte[count * CifarRecord.BYTES];
    new Random(count).nextBytes(records);
    for (int i = 0; i < count; i++) {
      records[i * CifarRecord.BYTES] = (byte) (i % CifarRecord.CLASSES);
    }
    return records;
  }
}
