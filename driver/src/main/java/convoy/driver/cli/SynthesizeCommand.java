package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.SynthesisConfig;
import convoy.driver.data.DataSetSummary;
import convoy.driver.data.SyntheticDataSet;
import convoy.driver.session.HadoopConfigurations;
import java.io.PrintWriter;
import java.util.List;

/** {@code convoy data synthesize}. */
public final class SynthesizeCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "synthesize";
  }

  @Override
  public String purpose() {
    return "Draws a ten-class image set in the layout of CIFAR-10.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.OUTPUT,
        KeyOption.TRAINING_IMAGES,
        KeyOption.TEST_IMAGES,
        KeyOption.SYNTHESIS_SEED,
        KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    SynthesisConfig synthesis = config.synthesis();
    DataSetSummary summary =
        new SyntheticDataSet(HadoopConfigurations.open(), config.output())
            .write(synthesis.trainingImages(), synthesis.testImages(), synthesis.seed());
    out.println(DataSetReport.of("Drew a synthetic set:", summary));
  }
}
