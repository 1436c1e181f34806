package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.DataSetSummary;
import convoy.driver.data.synthesis.SyntheticDataSet;
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
    return "Draws images of ten classes, as an image set or as PNG files in folders.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.OUTPUT,
        KeyOption.LAYOUT,
        KeyOption.TRAINING_IMAGES,
        KeyOption.TEST_IMAGES,
        KeyOption.SYNTHESIS_SEED,
        KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    DataSetSummary summary =
        new SyntheticDataSet(HadoopConfigurations.open(), config.output())
            .write(config.synthesis());
    out.println(DataSetReport.of("Drew a synthetic set:", summary));
  }
}
