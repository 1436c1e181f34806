package convoy.driver.data;

import convoy.worker.image.shard.CifarRecord;
import java.util.Random;

/** Records of random pixels for tests; the labels run 0, 1, ... 9, 0, ... */
final class SampleRecords {
  /** The official file of class names, blank line at the end included. */
  static final String CLASS_NAMES =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  private SampleRecords() {}

  static byte[] of(int count) {
    byte[] records = new byte[count * CifarRecord.BYTES];
    new Random(count).nextBytes(records);
    for (int i = 0; i < count; i++) {
      records[i * CifarRecord.BYTES] = (byte) (i % CifarRecord.CLASSES);
    }
    return records;
  }
}
