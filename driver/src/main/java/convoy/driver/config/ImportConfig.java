package convoy.driver.config;

/**
 * The import of CIFAR-10.
 *
 * @param from the official archive or its unpacked folder, a Hadoop URI or local path; empty if not
 *     given
 */
public record ImportConfig(String from) {
  static ImportConfig read(ConfigReader reader) {
    return new ImportConfig(reader.key("import.from").text());
  }
}
