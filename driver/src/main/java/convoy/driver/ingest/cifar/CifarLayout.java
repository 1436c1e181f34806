package convoy.driver.ingest.cifar;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the binary versions of CIFAR-10 and CIFAR-100 lie in their files (Krizhevsky, "Learning
 * Multiple Layers of Features from Tiny Images", 2009; layouts after the data sets' own page). A
 * record is one label byte, or a coarse and a fine one, and then 3 x 32 x 32 bytes of pixels.
 */
public enum CifarLayout {
  /** Ten classes; files {@code data_batch_1.bin} and so on, {@code test_batch.bin}. */
  CIFAR_10("CIFAR-10", 1, 0, 10, "batches.meta.txt"),
  /** The hundred classes of CIFAR-100; files {@code train.bin} and {@code test.bin}. */
  CIFAR_100_FINE("CIFAR-100", 2, 1, 100, "fine_label_names.txt"),
  /** The twenty superclasses of CIFAR-100, in the same files. */
  CIFAR_100_COARSE("CIFAR-100", 2, 0, 20, "coarse_label_names.txt");

  /** The shape of every picture. */
  public static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  private static final Pattern RECORDS_10 =
      Pattern.compile("(data|test)_batch(_[0-9]{1,6})?[.]bin");
  private static final Pattern RECORDS_100 = Pattern.compile("(train|test)[.]bin");

  private final String setName;
  private final int labelBytes;
  private final int labelOffset;
  private final int classes;
  private final String namesFile;

  CifarLayout(String setName, int labelBytes, int labelOffset, int classes, String namesFile) {
    this.setName = setName;
    this.labelBytes = labelBytes;
    this.labelOffset = labelOffset;
    this.classes = classes;
    this.namesFile = namesFile;
  }

  /** The data set's name. */
  public String setName() {
    return setName;
  }

  /** Bytes of a record before its pixels. */
  public int labelBytes() {
    return labelBytes;
  }

  /** Bytes of a record. */
  public int recordBytes() {
    return labelBytes + SHAPE.pixels();
  }

  /** How many classes there are; labels run from 0. */
  public int classes() {
    return classes;
  }

  /** The file with the names of the classes, one per line. */
  public String namesFile() {
    return namesFile;
  }

  /** The file, or the first of the files, of images to train with. */
  public String trainingFile() {
    return this == CIFAR_10 ? "data_batch_1.bin" : "train.bin";
  }

  /** The label of a record. */
  public int label(byte[] record) {
    return record[labelOffset] & 0xff;
  }

  /** What the records of a file of this name are for; empty if it holds none. */
  public Optional<Split> split(String fileName) {
    Pattern records = this == CIFAR_10 ? RECORDS_10 : RECORDS_100;
    if (!records.matcher(fileName).matches()) {
      return Optional.empty();
    }
    return Optional.of(fileName.startsWith("test") ? Split.TEST : Split.TRAINING);
  }
}
