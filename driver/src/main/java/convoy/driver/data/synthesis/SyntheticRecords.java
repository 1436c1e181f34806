package convoy.driver.data.synthesis;

import convoy.driver.data.CifarDirectory;
import convoy.driver.data.ClassNames;
import convoy.driver.data.DescribedDirectory;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSetOrigin;
import convoy.driver.data.RecordFile;
import convoy.driver.data.RecordFiles;
import convoy.driver.data.RecordLayout;
import convoy.driver.data.RecordWriter;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.provenance.Versions;
import convoy.worker.image.Fit;
import convoy.worker.image.Split;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes synthetic images as an image set, with the files of CIFAR-10's binary version: {@code
 * data_batch_1.bin} and so on, {@code test_batch.bin}, {@code batches.meta.txt}.
 */
final class SyntheticRecords {
  /** Training images of one file, as in the official archive. */
  private static final int IMAGES_OF_A_FILE = 10_000;

  private final Configuration hadoop;
  private final SynthesisSpec synthesis;
  private final RecordLayout layout = CifarDirectory.LAYOUT;

  SyntheticRecords(Configuration hadoop, SynthesisSpec synthesis) {
    this.hadoop = hadoop;
    this.synthesis = synthesis;
  }

  /** Writes all files; returns the bytes of all records. */
  long write(UnpublishedDirectory directory) throws IOException {
    List<RecordFile> files = new ArrayList<>();
    int training = synthesis.trainingImages();
    for (int first = 0; first < training; first += IMAGES_OF_A_FILE) {
      String name = "data_batch_%d.bin".formatted(first / IMAGES_OF_A_FILE + 1);
      int count = Math.min(IMAGES_OF_A_FILE, training - first);
      files.add(write(directory, name, Split.TRAINING, first, count));
    }
    files.add(write(directory, "test_batch.bin", Split.TEST, 0, synthesis.testImages()));
    // The order in which a directory without a description is read.
    files.sort(Comparator.comparing(RecordFile::name));
    ClassNames.write(SyntheticImages.classNames(), directory);
    RecordFiles source = new RecordFiles(set(directory), files);
    DescribedDirectory.describe(
        source.withContents(ImageSetInspection.of(hadoop, source)), directory);
    return layout.bytes() * ((long) training + synthesis.testImages());
  }

  private RecordFile write(
      UnpublishedDirectory directory, String name, Split split, int first, int count)
      throws IOException {
    SyntheticImages images = new SyntheticImages(synthesis.seed(), split);
    try (RecordWriter writer = new RecordWriter(layout, directory.create(name))) {
      for (int index = first; index < first + count; index++) {
        writer.write(images.label(index), images.pixels(index));
      }
    }
    return new RecordFile(name, split, count);
  }

  private ImageSet set(UnpublishedDirectory directory) {
    return new ImageSet(
        directory.path().toString(),
        layout.shape(),
        0,
        Fit.STRETCH,
        SyntheticImages.classNames(),
        ImageSetContents.UNKNOWN,
        new ImageSetOrigin(
            "convoy data synthesize",
            "synthetic",
            Map.of("synthesis.seed", Long.toString(synthesis.seed())),
            Instant.now().toString(),
            Versions.all(),
            (long) synthesis.trainingImages() + synthesis.testImages(),
            0,
            0));
  }
}
