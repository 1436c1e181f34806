package convoy.driver.data;

import convoy.driver.store.OutputSpec;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** A small image set that describes itself, written for a test as an import writes one. */
public final class DescribedSet {
  /** What its description says of its origin. */
  public static final ImageSetOrigin ORIGIN =
      new ImageSetOrigin("file:/photos", "folders", Map.of("size", "9x5"), "", Map.of(), 20, 3, 1);

  private static final Configuration HADOOP = new Configuration();

  /** Eleven training images, two validation images and three test images. */
  private static final List<RecordFile> FILES =
      List.of(
          new RecordFile("training-0.bin", Split.TRAINING, 7),
          new RecordFile("training-1 ü.bin", Split.TRAINING, 4),
          new RecordFile("validation.bin", Split.VALIDATION, 2),
          new RecordFile("test.bin", Split.TEST, 3));

  private final List<Image> images = new ArrayList<>();

  private DescribedSet() {}

  /** An image as it was written. */
  public record Image(int label, List<Byte> pixels) {
    static Image of(int label, byte[] pixels) {
      return new Image(label, IntStream.range(0, pixels.length).mapToObj(i -> pixels[i]).toList());
    }
  }

  /** The names of {@code count} classes. */
  public static List<String> classNames(int count) {
    return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
  }

  /**
   * Writes a set of random images with a margin of 2.
   *
   * @param directory which does not exist yet
   */
  public static DescribedSet write(Path directory, ImageShape shape, int classes)
      throws IOException {
    DescribedSet set = new DescribedSet();
    OutputSpec output = new OutputSpec(directory.toUri().toString(), false);
    new OutputDirectory(HADOOP, output, OutputKind.IMAGE_SET)
        .publish(
            unpublished -> {
              set.writeFiles(unpublished, new RecordLayout(shape, classes));
              RecordFiles source =
                  new RecordFiles(
                      new ImageSet(
                          unpublished.path().toString(),
                          shape,
                          2,
                          Fit.CROP,
                          classNames(classes),
                          ImageSetContents.UNKNOWN,
                          ORIGIN),
                      FILES);
              DescribedDirectory.describe(
                  source.withContents(ImageSetInspection.of(HADOOP, source)), unpublished);
              return set;
            });
    return set;
  }

  /** Every file under the name of an attempt first; one attempt came to nothing. */
  private void writeFiles(UnpublishedDirectory directory, RecordLayout layout) throws IOException {
    Random random = new Random(7);
    Set<String> names = new HashSet<>();
    for (RecordFile file : FILES) {
      try (RecordWriter writer =
          new RecordWriter(layout, directory.create(file.name() + ".attempt-2"))) {
        for (int i = 0; i < file.images(); i++) {
          byte[] pixels = new byte[layout.pixelBytes()];
          random.nextBytes(pixels);
          int label = i == 0 ? layout.classes() - 1 : random.nextInt(layout.classes());
          writer.write(label, pixels);
          images.add(Image.of(label, pixels));
        }
      }
      directory.rename(file.name() + ".attempt-2", file.name());
      names.add(file.name());
    }
    directory.create("test.bin.attempt-1").close();
    directory.deleteAllBut(names);
  }

  /** All images, in the order of the files. */
  public List<Image> images() {
    return images;
  }

  /** The images of a split. */
  public List<Image> images(Split split) {
    return switch (split) {
      case TRAINING -> images.subList(0, 11);
      case VALIDATION -> images.subList(11, 13);
      case TEST -> images.subList(13, 16);
    };
  }
}
