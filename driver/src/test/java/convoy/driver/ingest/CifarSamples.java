package convoy.driver.ingest;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files of records of random pixels in the layouts of CIFAR-10 and CIFAR-100. */
final class CifarSamples {
  static final String NAMES_10 =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  private CifarSamples() {}

  /** So many records of CIFAR-10; the labels run 0, 1, ... 9, 0, ... */
  static byte[] cifar10(int count) {
    byte[] records = new byte[count * 3073];
    new Random(count).nextBytes(records);
    for (int i = 0; i < count; i++) {
      records[i * 3073] = (byte) (i % 10);
    }
    return records;
  }

  /**
   * So many records of CIFAR-100; fine labels run 0, 1, ... 99, 0, ..., coarse ones are a fifth.
   */
  static byte[] cifar100(int count, int seed) {
    byte[] records = new byte[count * 3074];
    new Random(seed).nextBytes(records);
    for (int i = 0; i < count; i++) {
      records[i * 3074] = (byte) (i % 100 / 5);
      records[i * 3074 + 1] = (byte) (i % 100);
    }
    return records;
  }

  /** So many class names, a line each, not in the order of names. */
  static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "class " + (count - i))
        .collect(Collectors.joining("\n"));
  }
}
