package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.failure.UserException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfileCommandTest {
  private static final Pattern SHARE = Pattern.compile("(?m)^.{34} +[0-9.]+ +([0-9.]+)%");

  @Test
  void profile_sharesTheWholeStepOutOverKinds_andOnceMoreOverLayers() throws Exception {
    String text = run("--network", "resnet-8", "--batch-size", "3");

    assertThat(text)
        .startsWith("resnet-8, 10 classes, minibatches of 3 images of 3x32x32: ")
        .contains("\nconvolution weights  ", "\noptimizer  ", "\ngroup3-block1-b-conv  ")
        .contains("a product of matrices reaches");
    double shares =
        SHARE
            .matcher(text)
            .results()
            .mapToDouble(share -> Double.parseDouble(share.group(1)))
            .sum();
    assertThat(shares).isCloseTo(200, within(3.0));
  }

  @Test
  void profile_takesAnySizeAndNumberOfClasses() throws Exception {
    assertThat(run("--network=resnet-8", "--batch-size=2", "--size=64x48", "--classes=1000"))
        .startsWith("resnet-8, 1000 classes, minibatches of 2 images of 3x48x64: ");
  }

  @Test
  void profile_ofANetworkThatTakesNoSuchImages_isOneLine() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> run("--network=vgg-11", "--size=31"))
        .withMessage(
            "Cannot build vgg-11 for images of 3x31x31: both sides must have at least 32 pixels (use larger images)");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> run("--size=32x"))
        .withMessage(
            "Cannot use profile.size = 32x from --size: it is no size (give a whole number or WIDTHxHEIGHT, each 8 to 2048)");
  }

  private static String run(String... options) throws Exception {
    StringWriter text = new StringWriter();
    new ConvoyCommandLine(List.of(new ProfileCommand()), List.of(), new PrintWriter(text, true))
        .run(Stream.concat(Stream.of("profile"), Stream.of(options)).toArray(String[]::new));
    return text.toString();
  }
}
