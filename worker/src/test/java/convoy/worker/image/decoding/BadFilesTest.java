package convoy.worker.image.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.BadFiles.BadFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BadFilesTest {
  private final ImageDecoder decoder =
      new ImageDecoder(new ImageShape(3, 32, 32), Fit.STRETCH, 100_000_000);

  static List<BadFile> badFiles() {
    return BadFiles.all();
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void badFile_isRefusedWithItsReasonAndASentence(BadFile file) {
    UnreadableImageException refused =
        catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(file.bytes()));
    assertThat(refused).as("%s was decoded", file).isNotNull();
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(file.reason());
    assertThat(refused.getMessage()).containsPattern("[0-9]|\\(").doesNotContain("\n");
  }

  @Test
  void badFiles_areManyKindsUnderDifferentNames() {
    assertThat(badFiles()).hasSizeGreaterThan(50);
    assertThat(badFiles()).extracting(BadFile::name).doesNotHaveDuplicates();
  }
}
