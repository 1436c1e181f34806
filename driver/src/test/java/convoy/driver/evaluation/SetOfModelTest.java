package convoy.driver.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetOrigin;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetOfModelTest {
  private static ImageSet set(String kind, int width, Fit fit) {
    return new ImageSet(
        "file:/set",
        new ImageShape(3, 32, width),
        0,
        fit,
        List.of("cat", "dog"),
        ImageSetContents.UNKNOWN,
        new ImageSetOrigin("file:/source", kind, Map.of(), "", Map.of(), 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "folders, 32, PAD, CROP",
    "table, 32, CROP, STRETCH",
    "tar, 64, CROP, PAD",
    "cifar-10, 64, CROP, PAD"
  })
  void anotherFitThanTheModels_isWarnedOf(String kind, int width, Fit ofSet, Fit ofModel) {
    assertThat(SetOfModel.fitWarning(set(kind, width, ofSet), ofModel))
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .startsWith("The pictures of file:/set were imported with --fit ")
                    .containsIgnoringCase("--fit %s, and the".formatted(ofSet))
                    .endsWith("--fit %s)".formatted(ofModel).toLowerCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "folders, 32, PAD, PAD",
    "'', 32, STRETCH, CROP",
    "synthetic, 32, STRETCH, PAD",
    "cifar-10, 32, CROP, STRETCH",
    "cifar-100, 32, CROP, PAD"
  })
  void sameFit_orPicturesThatEveryFitLeavesAlike_areNotWarnedOf(
      String kind, int width, Fit ofSet, Fit ofModel) {
    assertThat(SetOfModel.fitWarning(set(kind, width, ofSet), ofModel)).isEmpty();
  }
}
