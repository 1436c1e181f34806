package convoy.worker.engine.onednn;

import convoy.worker.engine.StepProfile;
import convoy.worker.engine.StepProfile.Part;
import convoy.worker.engine.onednn.plan.Step;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Measures where the time of a training step goes, on random images. */
final class StepProfiler {
  /** Steps before the first that is measured: the loops in Java must be compiled by then. */
  private static final int WARM_UP_STEPS = 3;

  private static final double WARM_UP_MILLISECONDS = 1500;
  private static final double LEARNING_RATE = 1e-3;

  private StepProfiler() {}

  /**
   * Measures {@code repetitions} training steps.
   *
   * @throws UnsupportedLayerException if the engine does not know one of its layers
   */
  static StepProfile measure(TrainingSpec spec, int batchSize, int repetitions) {
    NetworkSpec network = spec.network();
    Minibatch minibatch = randomMinibatch(network.inputShape(), network.classes(), batchSize);
    try (OnednnTrainingNetwork training = new OnednnEngine().openTraining(spec, batchSize, 0)) {
      warmUp(training, minibatch);
      double[] whole =
          IntStream.range(0, repetitions)
              .mapToDouble(i -> milliseconds(() -> training.step(minibatch, LEARNING_RATE, i)))
              .toArray();
      return new StepProfile(
          timed(training.steps(LEARNING_RATE), repetitions),
          median(whole),
          MatrixProductPeak.gigaflopsPerSecond(),
          training.arenaBytes());
    }
  }

  private static void warmUp(OnednnTrainingNetwork training, Minibatch minibatch) {
    double sum = 0;
    for (int i = 0; i < WARM_UP_STEPS || sum < WARM_UP_MILLISECONDS; i++) {
      int step = i;
      sum += milliseconds(() -> training.step(minibatch, LEARNING_RATE, step));
    }
  }

  private static Minibatch randomMinibatch(ImageShape shape, int classes, int batchSize) {
    Random random = new Random(0);
    byte[] pixels = new byte[batchSize * shape.pixels()];
    random.nextBytes(pixels);
    char[] labels = new char[batchSize];
    for (int i = 0; i < batchSize; i++) {
      labels[i] = (char) random.nextInt(classes);
    }
    float[] half = new float[shape.channels()];
    Arrays.fill(half, 0.5f);
    return new MinibatchAssembler(
            new PackedImages(shape, pixels, labels),
            Preprocessing.stretching(shape, new Normalization(half, half)),
            batchSize)
        .assemble(0, batchSize);
  }

  /** The steps, each with the median of its times. */
  private static List<Part> timed(List<Step> steps, int repetitions) {
    double[][] milliseconds = new double[steps.size()][repetitions];
    for (int i = 0; i < repetitions; i++) {
      for (int k = 0; k < steps.size(); k++) {
        milliseconds[k][i] = milliseconds(steps.get(k).work());
      }
    }
    return IntStream.range(0, steps.size())
        .mapToObj(k -> part(steps.get(k), median(milliseconds[k])))
        .toList();
  }

  private static Part part(Step step, double milliseconds) {
    return new Part(step.layer(), step.kind(), milliseconds, step.operations());
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
