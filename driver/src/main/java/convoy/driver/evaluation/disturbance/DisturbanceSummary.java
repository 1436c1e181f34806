package convoy.driver.evaluation.disturbance;

import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.image.disturbance.Disturbance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a model does under disturbances. The measures are those of Hendrycks and Dietterich, 2019,
 * section 4, as accuracies and not divided by another network's errors: the mean over the strengths
 * of a kind, the mean over all kinds and strengths, and how far it lies below the clean accuracy.
 *
 * @param model where it was loaded from
 * @param data the image set
 * @param split whose images they are
 * @param flip whether the network looked at mirror images too
 * @param clean the evaluation of the images as they are
 * @param disturbed for each kind the evaluations by strength, from 1
 */
public record DisturbanceSummary(
    String model,
    String data,
    Split split,
    TestTimeFlip flip,
    Evaluation clean,
    Map<Disturbance, List<Evaluation>> disturbed) {

  /** The evaluation under a kind; strength 0 is that of the images as they are. */
  public Evaluation evaluation(Disturbance kind, int strength) {
    return strength == 0 ? clean : disturbed.get(kind).get(strength - 1);
  }

  /** The accuracy under a kind, 0 to 1; at strength 0 the clean one. */
  public double accuracy(Disturbance kind, int strength) {
    return evaluation(kind, strength).confusionMatrix().accuracy();
  }

  /** The mean accuracy over the strengths of a kind, from 1. */
  public double meanAccuracy(Disturbance kind) {
    return IntStream.rangeClosed(1, Disturbance.STRENGTHS)
        .mapToDouble(strength -> accuracy(kind, strength))
        .average()
        .orElseThrow();
  }

  /** The mean accuracy over the kinds at one strength; at 0 the clean one. */
  public double meanAccuracy(int strength) {
    return mean(kind -> accuracy(kind, strength));
  }

  /** The mean accuracy over all kinds and strengths from 1. */
  public double meanAccuracy() {
    return mean(this::meanAccuracy);
  }

  /** How far the mean accuracy lies below the clean one. */
  public double meanDrop() {
    return clean.confusionMatrix().accuracy() - meanAccuracy();
  }

  private static double mean(ToDoubleFunction<Disturbance> accuracy) {
    return Disturbance.all().stream().mapToDouble(accuracy).average().orElseThrow();
  }

  /** One sentence with the means. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "The mean accuracy under disturbances is %.4f, which is %.4f %s the %.4f of clean images%s",
        meanAccuracy(),
        Math.abs(meanDrop()),
        meanDrop() < 0 ? "above" : "below",
        clean.confusionMatrix().accuracy(),
        flip.note());
  }

  /** A row for each kind, and the means, as a block of text. */
  public String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Accuracy on %,d %s images: clean, at strengths 1 to %d, and the mean of those%n",
                clean.confusionMatrix().total(),
                split.word(),
                Disturbance.STRENGTHS));
    text.append(String.format("%-10s%8s", "", "clean"));
    IntStream.rangeClosed(1, Disturbance.STRENGTHS)
        .forEach(strength -> text.append(String.format("%8d", strength)));
    text.append(String.format("%8s%n", "mean"));
    for (Disturbance kind : Disturbance.all()) {
      addRow(text, kind.word(), strength -> accuracy(kind, strength), meanAccuracy(kind));
    }
    addRow(text, "mean", this::meanAccuracy, meanAccuracy());
    return text.append(sentence()).append(System.lineSeparator()).toString();
  }

  private static void addRow(
      StringBuilder text, String name, IntToDoubleFunction accuracy, double mean) {
    text.append(String.format("%-10s", name));
    for (int strength = 0; strength <= Disturbance.STRENGTHS; strength++) {
      text.append(String.format(Locale.ROOT, "%8.4f", accuracy.applyAsDouble(strength)));
    }
    text.append(String.format(Locale.ROOT, "%8.4f%n", mean));
  }
}
