package convoy.driver.config;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import java.util.Optional;

/**
 * The import of an image set.
 *
 * @param from a folder, a table or an archive, a Hadoop URI or local path; empty if not given
 * @param kind what it is, or that it is to be recognised
 * @param labels which of CIFAR-100's two labels of a picture is its class
 * @param size rows and columns that pictures become, without the margin; empty if not given
 * @param fit how a picture of another shape becomes one of that size
 * @param margin pixels stored on each side around it, for random crops
 * @param validationShare share of the training pictures put aside for validation, 0 to 0.9
 * @param testShare likewise for the test
 * @param seed of the choice of these
 * @param maxPixels width x height above which a picture is refused, 1 or more
 * @param maxRejectedShare share of unreadable pictures above which the import fails, 0 to 1
 */
public record ImportConfig(
    String from,
    ImportKind kind,
    CifarLabels labels,
    Optional<ImageShape> size,
    Fit fit,
    int margin,
    double validationShare,
    double testShare,
    long seed,
    long maxPixels,
    double maxRejectedShare) {
  static ImportConfig read(ConfigReader reader) {
    String size = reader.text("import.size", PictureSize.RULE, PictureSize::check);
    return new ImportConfig(
        reader.text("import.from"),
        reader.choice("import.kind", ImportKind.class),
        reader.choice("import.labels", CifarLabels.class),
        PictureSize.shape(size),
        reader.choice("import.fit", Fit.class),
        reader.wholeNumber("import.margin", 0, 256),
        reader.number("import.validation-share", 0, 0.9),
        reader.number("import.test-share", 0, 0.9),
        reader.wholeNumber("import.seed", 0L, (1L << 53) - 1),
        reader.wholeNumber("import.max-pixels", 1L, 1_000_000_000L),
        reader.number("import.max-rejected-share", 0, 1));
  }
}
