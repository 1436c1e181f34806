package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputCheckTest {
  @TempDir Path directory;

  @Test
  void outputAmongTheImages_isRefused() {
    assertRefused("images/out", true, "it lies in the images' directory file:%s/images");
    assertRefused("images", true, "it lies in the images' directory file:%s/images");
  }

  @Test
  void outputThatHoldsTheImages_isRefusedEvenToOverwrite() {
    assertRefused("", true, "it holds the images at file:%s/images");
  }

  @Test
  void outputThatHoldsTheModel_isRefusedEvenToOverwrite() {
    assertRefused("run", true, "it holds, or lies in, the model at file:%s/run/model");
    assertRefused("run/model/x", true, "it holds, or lies in, the model at file:%s/run/model");
  }

  @Test
  void neighbourWhoseNameBeginsAlike_isFree() {
    assertThatCode(() -> require("images2", false)).doesNotThrowAnyException();
  }

  @Test
  void outputThatHoldsTheImagesBehindALink_isRefusedEvenToOverwrite() throws Exception {
    Files.createDirectories(directory.resolve("images"));
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("images"));

    assertRefused("link", true, "it lies in the images' directory file:%s/images");
  }

  @Test
  void root_isRefusedEvenToOverwrite() {
    assertRefused("/", true, "it is a root");
  }

  @Test
  void outputBelowAFile_isRefusedBeforeAnyWork() throws Exception {
    Files.writeString(directory.resolve("file"), "in the way");

    assertThatThrownBy(() -> require("file/out", false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Cannot write the predictions to file:%s/file/out: ".formatted(directory))
        .hasMessageContaining("not a directory")
        .hasMessageEndingWith("(choose another --output)");
  }

  @Test
  void existingOutput_isRefusedUnlessItMayBeOverwritten() throws Exception {
    Files.createDirectories(directory.resolve("out"));

    assertThatThrownBy(() -> require("out", false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it exists already");
    assertThatCode(() -> require("out", true)).doesNotThrowAnyException();
  }

  private void assertRefused(String output, boolean overwrite, String reason) {
    Path path = directory.resolve(output);
    assertThatThrownBy(() -> require(output, overwrite))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot write the predictions to file:%s: %s (choose another --output)",
            path, reason.formatted(directory));
  }

  private void require(String output, boolean overwrite) throws Exception {
    OutputCheck.require(
        new Configuration(),
        ConvoyConfig.load(
                ConfigSources.of(
                    "prediction.model-path=file:" + directory + "/run/model",
                    "prediction.images-path=" + directory + "/images/",
                    "prediction.output-path=" + directory.resolve(output).toUri(),
                    "prediction.overwrite=" + overwrite))
            .prediction());
  }
}
