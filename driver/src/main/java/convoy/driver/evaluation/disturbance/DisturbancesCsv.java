package convoy.driver.evaluation.disturbance;

import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.disturbance.Disturbance;
import java.math.BigDecimal;
import java.util.Locale;

/** The file {@code disturbances.csv}: a line for each kind and strength. */
final class DisturbancesCsv {
  private DisturbancesCsv() {}

  /**
   * The table with a heading. The first line is that of the clean images, of strength 0 and without
   * a parameter; the loss is the mean cross-entropy in nats.
   */
  static String of(DisturbanceSummary summary) {
    StringBuilder csv =
        new StringBuilder("kind,strength,parameter,unit,correct,images,accuracy,loss\n");
    csv.append("clean,0,,").append(figures(summary.clean()));
    for (Disturbance kind : Disturbance.all()) {
      for (int strength = 1; strength <= Disturbance.STRENGTHS; strength++) {
        csv.append(kind.word())
            .append(',')
            .append(strength)
            .append(',')
            .append(parameter(kind, strength))
            .append(',')
            .append(kind.unit())
            .append(figures(summary.evaluation(kind, strength)));
      }
    }
    return csv.toString();
  }

  /** The parameter of a strength in plain digits, without zeros at its end. */
  private static String parameter(Disturbance kind, int strength) {
    return BigDecimal.valueOf(kind.parameter(strength)).stripTrailingZeros().toPlainString();
  }

  private static String figures(Evaluation evaluation) {
    ConfusionMatrix matrix = evaluation.confusionMatrix();
    return String.format(
        Locale.ROOT,
        ",%d,%d,%.6f,%.6f\n",
        matrix.correct(),
        matrix.total(),
        matrix.accuracy(),
        evaluation.meanLoss());
  }
}
