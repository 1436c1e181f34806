package convoy.driver.data;

import convoy.driver.store.OutputSpec;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes small image sets that describe themselves, of any shape, classes and splits, for tests.
 */
public final class SplitSets {
  private static final Configuration HADOOP = new Configuration();

  private SplitSets() {}

  /**
   * Writes a set of images that can be learnt somewhat: noise over a grey that goes by the class.
   * Images of a class are as many as others, or one fewer. Those of a split do not depend on the
   * other splits.
   *
   * @param directory which does not exist yet
   * @param shape stored, with a margin of 2
   * @param validation images, 0 for no such split
   */
  public static Path write(
      Path directory, ImageShape shape, int classes, int training, int validation, int test)
      throws IOException {
    Map<Split, Integer> images = new EnumMap<>(Split.class);
    images.put(Split.TRAINING, training);
    images.put(Split.VALIDATION, validation);
    images.put(Split.TEST, test);
    images.values().removeIf(count -> count == 0);
    List<RecordFile> files = new ArrayList<>();
    images.forEach((split, count) -> files.add(new RecordFile(split + ".bin", split, count)));
    new OutputDirectory(
            HADOOP, new OutputSpec(directory.toUri().toString(), false), OutputKind.IMAGE_SET)
        .publish(
            unpublished -> {
              RecordLayout layout = new RecordLayout(shape, classes);
              for (RecordFile file : files) {
                try (RecordWriter writer =
                    new RecordWriter(layout, unpublished.create(file.name()))) {
                  writeImages(writer, layout, file);
                }
              }
              RecordFiles source =
                  new RecordFiles(
                      new ImageSet(
                          unpublished.path().toString(),
                          shape,
                          2,
                          Fit.CROP,
                          IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
                          ImageSetContents.UNKNOWN,
                          DescribedSet.ORIGIN),
                      files);
              DescribedDirectory.describe(
                  source.withContents(ImageSetInspection.of(HADOOP, source)), unpublished);
              return null;
            });
    return directory;
  }

  private static void writeImages(RecordWriter writer, RecordLayout layout, RecordFile file)
      throws IOException {
    Random random = new Random(file.split().name().hashCode());
    byte[] pixels = new byte[layout.pixelBytes()];
    for (int i = 0; i < file.images(); i++) {
      int label = i % layout.classes();
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (100 + 20.0 * label / layout.classes() + random.nextInt(100));
      }
      writer.write(label, pixels);
    }
  }
}
