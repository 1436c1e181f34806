package convoy.driver.config;

import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;

/** Reads how training images are varied. */
final class AugmentationConfig {
  private AugmentationConfig() {}

  static Augmentation read(ConfigReader reader) {
    Augmentation.Flip flip =
        reader.key("augmentation.flip").decidesResult().choice(Augmentation.Flip.class);
    double area = reader.key("augmentation.resized-crop.area").decidesResult().number(0.01, 1);
    ResizedCrop resizedCrop =
        new ResizedCrop(
            area,
            reader.key("augmentation.resized-crop.ratio").decidesResultIf(area < 1).number(1, 10));
    return new Augmentation(
        flip,
        reader
            .key("augmentation.crop-padding")
            .decidesResultIf(!resizedCrop.isUsed())
            .wholeNumber(0, 64),
        resizedCrop,
        new ColourJitter(
            reader.key("augmentation.jitter.brightness").decidesResult().number(0, 1),
            reader.key("augmentation.jitter.contrast").decidesResult().number(0, 1),
            reader.key("augmentation.jitter.saturation").decidesResult().number(0, 1)),
        reader.key("augmentation.cutout").decidesResult().number(0, 1));
  }
}
