package convoy.driver.ingest;

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
  /** Decodes pictures to the stored shape. */
  ImageDecoder decoder() {
    return new ImageDecoder(storedShape, fit, maxPixels);
  }
}
