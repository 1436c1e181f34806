package convoy.driver.config;

import convoy.worker.image.Split;

/**
 * The export of images as files.
 *
 * @param split which part of the image set
 * @param count images to write, from the first, 1 or more
 */
public record ExportConfig(Split split, int count) {
  static ExportConfig read(ConfigReader reader) {
    return new ExportConfig(
        reader.choice("export.split", Split.class),
        reader.wholeNumber("export.count", 1, 10_000_000));
  }
}
