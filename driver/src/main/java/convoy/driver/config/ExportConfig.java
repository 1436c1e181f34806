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
        reader.key("export.split").choice(Split.class),
        reader.key("export.count").wholeNumber(1, 10_000_000));
  }
}
