package convoy.driver.ingest;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.ingest.cifar.CifarLayout;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.ImageDecoder;
import java.io.Serializable;

/**
 * What becomes of each picture.
 *
 * @param storedShape of every image of the set, its margin included
 * @param margin pixels on each side that training crops from
 * @param fit how a picture becomes one of the stored shape
 * @param maxPixels width x height above which a picture is refused
 * @param assignment which split it goes to
 */
record ImportPlan(
    ImageShape storedShape, int margin, Fit fit, long maxPixels, SplitAssignment assignment)
    implements Serializable {
  /**
   * The plan of an import.
   *
   * @throws UserException if there is no size, or nothing would be left to train with
   */
  static ImportPlan of(ImportSpec spec, ImportKind kind) {
    if (spec.validationShare() + spec.testShare() >= 1) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot put aside --validation-share %s and --test-share %s: nothing would be left for training (their sum must be below 1)"
              .formatted(spec.validationShare(), spec.testShare()));
    }
    ImageShape size = spec.size().orElseGet(() -> ownSize(spec, kind));
    return new ImportPlan(
        size.withMargin(spec.margin()),
        spec.margin(),
        spec.fit(),
        spec.maxPixels(),
        new SplitAssignment(spec.seed(), spec.validationShare(), spec.testShare()));
  }

  private static ImageShape ownSize(ImportSpec spec, ImportKind kind) {
    if (kind != ImportKind.CIFAR_10 && kind != ImportKind.CIFAR_100) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot import %s: the size of the stored pictures is not given (give --size 224, for instance, or WIDTHxHEIGHT)"
              .formatted(spec.from()));
    }
    return CifarLayout.SHAPE;
  }

  /** Decodes pictures to the stored shape. */
  ImageDecoder decoder() {
    return new ImageDecoder(storedShape, fit, maxPixels);
  }
}
