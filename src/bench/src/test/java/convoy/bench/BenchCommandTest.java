package convoy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
  @Test
  void anUnknownEngine_isOneLineWithTheNamesThereAre() {
    assertThat(refusal("--engines", "dl4j,tensorflow"))
        .startsWith("bench: Cannot run an engine named 'tensorflow': there are ")
        .contains("dl4j", "stock-dl4j", "pytorch-nchw", "pytorch-nhwc", "convoy-spark");
  }

  @Test
  void anUnknownNetwork_isOneLine() {
    assertThat(refusal("--engines", "dl4j", "--networks", "resnet-21"))
        .startsWith("bench: Cannot build resnet-21: the depth must be 6n+2");
  }

  @Test
  void otherPixelsAndUnknownDepths_areRefused() {
    assertThat(refusal("--networks", "resnet-18", "--pixels", "64"))
        .isEqualTo(
            "bench: Cannot measure resnet-18 at 64x64 pixels: the bench has images of 32 and of 224 (choose one)");
    assertThat(refusal("--networks", "vgg-12", "--pixels", "224"))
        .startsWith("bench: Cannot build vgg-12: the depth must be 11, 13, 16 or 19");
  }

  @Test
  void aTrainingThroughSpark_hasTheImagesOfImageSets() {
    assertThat(
            refusal("--networks", "vgg-16", "--pixels", "224", "--end-to-end", "--data", "images"))
        .isEqualTo(
            "bench: Cannot train through Spark at 224x224 pixels: image sets have 3x32x32 (leave --pixels out)");
  }

  @Test
  void anUnknownMode_isOneLineWithTheNamesThereAre() {
    assertThat(refusal("--engines", "dl4j", "--modes", "learn"))
        .isEqualTo("bench: Cannot measure 'learn': there are train, predict, end-to-end");
  }

  @Test
  void noThreads_areRefused() {
    assertThat(refusal("--engines", "dl4j", "--threads", "1,0"))
        .isEqualTo(
            "bench: Cannot measure with batch size 128, 5 repetitions and threads [1, 0]: each must be 1 or more");
  }

  @Test
  void aTrainingThroughSpark_needsEndToEndAndAnImageSet() {
    assertThat(refusal("--engines", "convoy-spark"))
        .isEqualTo(
            "bench: Cannot measure a training run through Spark step by step (use --end-to-end)");
    assertThat(refusal("--engines", "convoy-spark", "--end-to-end"))
        .isEqualTo("bench: Cannot train through Spark: no image set is given (use --data)");
  }

  private static String refusal(String... options) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine(Path.of(".")).setErr(new PrintWriter(err)).setOut(new PrintWriter(err));
    assertThat(commandLine.execute(options)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString().strip();
  }
}
