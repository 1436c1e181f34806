package convoy.worker.image.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResizedCropTest {
  private static final ImageShape STORED = new ImageShape(3, 3000, 3000);
  private static final int COUNT = 20_000;

  private static List<Crop> crops(ResizedCrop resizedCrop, ImageShape stored, ImageShape input) {
    Random stream = new Random(1);
    List<Crop> crops = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      crops.add(resizedCrop.draw(stored, input, stream));
    }
    return crops;
  }

  private static double area(Crop crop) {
    return (double) crop.height() * crop.width() / (STORED.height() * STORED.width());
  }

  /** How many of the values, whose range is 0 to 1, lie in each tenth of it. */
  private static int[] tenths(double[] values) {
    int[] tenths = new int[10];
    for (double value : values) {
      tenths[(int) Math.max(0, Math.min(9, 10 * value))]++;
    }
    return tenths;
  }

  private static void assertEven(double[] values) {
    double expected = values.length / 10.0;
    // Five standard deviations of a binomial count.
    double bound = 5 * Math.sqrt(expected * 0.9);
    for (int count : tenths(values)) {
      assertThat((double) count).isCloseTo(expected, within(bound));
    }
  }

  /** Up to an area of 3/4 every ratio fits, so nothing is drawn again there. */
  @Test
  void areaAndLogarithmOfTheRatio_areEvenlySpread_asFarAsAllOfThemFit() {
    List<Crop> crops =
        crops(new ResizedCrop(0.08, 4 / 3.0), STORED, new ImageShape(3, 224, 224)).stream()
            .filter(crop -> area(crop) < 0.75)
            .toList();

    assertThat(crops).hasSizeGreaterThan(COUNT / 2);
    assertEven(crops.stream().mapToDouble(crop -> (area(crop) - 0.08) / 0.67).toArray());
    assertEven(
        crops.stream()
            .mapToDouble(
                crop ->
                    0.5 + Math.log((double) crop.width() / crop.height()) / (2 * Math.log(4 / 3.0)))
            .toArray());
  }

  @Test
  void everyCrop_liesInTheImage_withinTheAreasAndRatiosAllowed() {
    for (Crop crop : crops(new ResizedCrop(0.3, 2), STORED, new ImageShape(3, 64, 64))) {
      assertThat(crop.top()).isBetween(0, 3000 - crop.height());
      assertThat(crop.left()).isBetween(0, 3000 - crop.width());
      assertThat(area(crop)).isBetween(0.2995, 1.0);
      assertThat((double) crop.width() / crop.height()).isBetween(0.499, 2.002);
    }
  }

  @Test
  void place_isEvenlySpreadOverAllThatFit() {
    List<Crop> crops =
        crops(new ResizedCrop(0.08, 4 / 3.0), STORED, new ImageShape(3, 224, 224)).stream()
            .filter(crop -> area(crop) < 0.5)
            .toList();

    assertEven(crops.stream().mapToDouble(crop -> crop.top() / (3001.0 - crop.height())).toArray());
    assertEven(crops.stream().mapToDouble(crop -> crop.left() / (3001.0 - crop.width())).toArray());
  }

  @Test
  void ratio_isMeasuredAgainstTheInputs() {
    for (Crop crop : crops(new ResizedCrop(0.2, 1), STORED, new ImageShape(3, 100, 200))) {
      assertThat((double) crop.width() / crop.height()).isCloseTo(2, within(0.003));
    }
  }

  @Test
  void imageInWhichNoDrawFits_givesItsMiddleOfTheNearestRatio() {
    ImageShape input = new ImageShape(3, 32, 32);
    ResizedCrop resizedCrop = new ResizedCrop(0.9, 4 / 3.0);

    assertThat(resizedCrop.draw(new ImageShape(3, 30, 300), input, new Random(1)))
        .isEqualTo(new Crop(0, 130, 30, 40));
    assertThat(resizedCrop.draw(new ImageShape(3, 300, 30), input, new Random(1)))
        .isEqualTo(new Crop(130, 0, 40, 30));
  }

  @Test
  void wholeArea_isNoResizedCrop() {
    assertThat(ResizedCrop.NONE.isUsed()).isFalse();
    assertThat(new ResizedCrop(1, 4 / 3.0).isUsed()).isFalse();
    assertThat(new ResizedCrop(0.99, 1).isUsed()).isTrue();
  }
}
