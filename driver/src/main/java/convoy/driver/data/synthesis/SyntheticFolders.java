package convoy.driver.data.synthesis;

import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.data.export.PngEncoder;
import convoy.worker.image.Split;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes synthetic images as PNG files in folders, as a team has its photographs: {@code
 * train/<class>/00001.png} and {@code test/<class>/00001.png}, each split counted from 1.
 */
final class SyntheticFolders {
  private final SynthesisSpec synthesis;
  private final PngEncoder png = new PngEncoder(SyntheticImages.SHAPE);

  SyntheticFolders(SynthesisSpec synthesis) {
    this.synthesis = synthesis;
  }

  /** Writes all files; returns their bytes. */
  long write(UnpublishedDirectory directory) throws IOException {
    directory.mark();
    return write(directory, "train", Split.TRAINING, synthesis.trainingImages())
        + write(directory, "test", Split.TEST, synthesis.testImages());
  }

  private long write(UnpublishedDirectory directory, String folder, Split split, int count)
      throws IOException {
    SyntheticImages images = new SyntheticImages(synthesis.seed(), split);
    List<String> classNames = SyntheticImages.classNames();
    long bytes = 0;
    for (int index = 0; index < count; index++) {
      String className = classNames.get(images.label(index));
      byte[] file = png.encode(images.pixels(index));
      try (OutputStream out =
          directory.create("%s/%s/%05d.png".formatted(folder, className, index + 1))) {
        out.write(file);
      }
      bytes += file.length;
    }
    return bytes;
  }
}
