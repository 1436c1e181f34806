package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProfileCommandTest {
  private static final Pattern SHARE = Pattern.compile("(?m)^.{34} +[0-9.]+ +([0-9.]+)%");

  @Test
  void profile_sharesTheWholeStepOutOverKinds_andOnceMoreOverLayers() throws Exception {
    StringWriter text = new StringWriter();
    new ConvoyCommandLine(List.of(new ProfileCommand()), List.of(), new PrintWriter(text, true))
        .run("profile", "--network", "resnet-8", "--batch-size", "3");

    assertThat(text.toString())
        .startsWith("resnet-8, minibatches of 3: ")
        .contains("\nconvolution weights  ", "\noptimizer  ", "\ngroup3-block1-b-conv  ")
        .contains("a product of matrices reaches");
    double shares =
        SHARE
            .matcher(text.toString())
            .results()
            .mapToDouble(share -> Double.parseDouble(share.group(1)))
            .sum();
    assertThat(shares).isCloseTo(200, within(3.0));
  }
}
