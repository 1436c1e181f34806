package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.StepProfile;
import convoy.worker.engine.StepProfile.Part;
import convoy.worker.image.ImageShape;
import convoy.worker.network.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileReportTest {
  @Test
  void report_sumsPartsByKind_theCostliestFirst_andByLayerInTheirOrder() {
    StepProfile profile =
        new StepProfile(
            List.of(
                new Part("first", "sum", 0.5, 0),
                new Part("first", "convolution", 1, 40e6),
                new Part("second", "convolution", 1.5, 60e6),
                new Part("all", "optimizer", 2, 0)),
            8,
            160,
            3 << 19);

    assertThat(
            ProfileReport.of(
                new NetworkSpec("resnet-8", new ImageShape(3, 48, 64), 20), 4, profile))
        .isEqualToNormalizingWhitespace(
            """
            resnet-8, 20 classes, minibatches of 4 images of 3x48x64: 8.0 ms per step, 500.0 images/s (medians)
            Arena 1.5 MiB; a product of matrices reaches 160.0 GFLOP/s here
            kind ms share GFLOP/s of peak
            convolution 2.50 50.0% 40.0 25%
            optimizer 2.00 40.0%
            sum 0.50 10.0%
            layer ms share GFLOP/s of peak
            first 1.50 30.0% 26.7 17%
            second 1.50 30.0% 40.0 25%
            all 2.00 40.0%
            """);
  }
}
