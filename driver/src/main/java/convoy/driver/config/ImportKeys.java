package convoy.driver.config;

import convoy.driver.ingest.CifarLabels;
import convoy.driver.ingest.ImportKind;
import convoy.driver.ingest.ImportSpec;
import convoy.worker.image.Fit;

/** Reads what an import takes and makes. */
final class ImportKeys {
  private ImportKeys() {}

  static ImportSpec read(ConfigReader reader) {
    return new ImportSpec(
        reader.key("import.from").text(),
        reader.key("import.kind").choice(ImportKind.class),
        reader.key("import.labels").choice(CifarLabels.class),
        reader.key("import.size").text(PictureSize.RULE_WITH_OWN, PictureSize::parseWithOwn),
        reader.key("import.fit").choice(Fit.class),
        reader.key("import.margin").wholeNumber(0, 256),
        reader.key("import.validation-share").number(0, 0.9),
        reader.key("import.test-share").number(0, 0.9),
        reader.key("import.seed").wholeNumber(0L, TrainingConfig.LARGEST_SEED),
        reader.key("import.max-pixels").wholeNumber(1L, 1_000_000_000L),
        reader.key("import.max-rejected-share").number(0, 1));
  }
}
