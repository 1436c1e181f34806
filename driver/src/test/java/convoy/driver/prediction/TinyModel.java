package convoy.driver.prediction;

import convoy.driver.store.ModelDirectory;
import convoy.worker.engine.Engine;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** A small network with initial parameters: its answers mean nothing, but are always the same. */
public final class TinyModel {
  public static final Engine ENGINE = Engines.named("dl4j");
  public static final List<String> LABELS =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private TinyModel() {}

  public static InferenceModel create() {
    NetworkSpec network =
        new NetworkSpec("cifar10-quick", new ImageShape(3, 32, 32), LABELS.size());
    try (TrainingNetwork opened =
        ENGINE.openTraining(new TrainingSpec(network, new Sgd(0.9, 0), 0, 1), 1, 7)) {
      return new InferenceModel(
          network,
          LABELS,
          Preprocessing.stretching(
              network.inputShape(),
              new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f})),
          opened.parameters());
    }
  }

  public static void publish(InferenceModel model, Path directory) throws IOException {
    new ModelDirectory(new Configuration(), new org.apache.hadoop.fs.Path(directory.toUri()))
        .publish(
            model,
            ModelDescription.of(
                model,
                new ModelDescription.TestResult(0, 0, 0, 0, 0.0, 0.0, false),
                new ModelDescription.Provenance(
                    "2026-11-24T00:00:00Z", Map.of(), Map.of(), Map.of(), "none", "none", 7, 0)),
            new ConfusionMatrix(LABELS.size()),
            Map.of(),
            false);
  }

  /** Planes uint8 {@code [3][32][32]} of a slope of one colour: the model tells many apart. */
  public static byte[] picture(int seed) {
    Random random = new Random(seed);
    int[] colour = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
    int right = random.nextInt(17) - 8;
    int down = random.nextInt(17) - 8;
    byte[] planes = new byte[3 * 32 * 32];
    for (int i = 0; i < planes.length; i++) {
      int value =
          colour[i / 1024] + right * (i % 32 - 16) + down * (i / 32 % 32 - 16) + random.nextInt(9);
      planes[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return planes;
  }
}
