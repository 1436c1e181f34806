package convoy.driver.training.metrics;

import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.round.RoundFigures;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.training.Round;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how a training run goes: a line in the log and an object in {@code metrics.jsonl}. */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final MetricsLog metrics;
  private final TestTimeFlip testTimeFlip;

  /**
   * The progress from some place on.
   *
   * @param testTimeFlip whether evaluations look at mirror images too
   */
  public Progress(MetricsLog metrics, TestTimeFlip testTimeFlip) {
    this.metrics = metrics;
    this.testTimeFlip = testTimeFlip;
  }

  /** Makes the objects of all rounds so far visible in {@code metrics.jsonl}. */
  public void flush() throws IOException {
    metrics.flush();
  }

  /** A round has ended. */
  public void roundEnded(Round round, double learningRate, RoundFigures figures) {
    LOG.info("epoch {} round {} {}", round.epoch(), round.round(), line(figures));
    metrics.add(object("round", round.epoch(), round.round(), learningRate, figures));
  }

  /**
   * An epoch has ended and its model was evaluated.
   *
   * @param reached after its last round
   * @param split whose images it was evaluated on
   */
  public void epochEnded(
      Checkpoint reached, double learningRate, Evaluation evaluation, Split split)
      throws IOException {
    RoundFigures figures = reached.epochSoFar();
    LOG.info("epoch {} {}; {}", reached.epoch(), line(figures), line(split, evaluation));
    Map<String, Object> object =
        object("epoch", reached.epoch(), reached.round(), learningRate, figures);
    addEvaluation(object, split, evaluation);
    metrics.add(object);
    metrics.flush();
  }

  /** The model of {@code epoch}, which is to be published, was evaluated on the test images. */
  public void tested(int epoch, Evaluation evaluation) throws IOException {
    LOG.info("epoch {} {}", epoch, line(Split.TEST, evaluation));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", MetricsLog.TEST);
    object.put("epoch", epoch);
    addEvaluation(object, Split.TEST, evaluation);
    metrics.add(object);
    metrics.flush();
  }

  private void addEvaluation(Map<String, Object> object, Split split, Evaluation evaluation) {
    ConfusionMatrix matrix = evaluation.confusionMatrix();
    String name = split.word();
    object.put(name + "Loss", evaluation.meanLoss());
    object.put(name + "Correct", matrix.correct());
    object.put(name + "Count", matrix.total());
    object.put(name + "Accuracy", matrix.accuracy());
    object.put(name + "MacroRecall", matrix.macroRecall());
    object.put(name + "MacroF1", matrix.macroF1());
    object.put("testTimeFlip", testTimeFlip == TestTimeFlip.ON);
  }

  private String line(Split split, Evaluation evaluation) {
    ConfusionMatrix matrix = evaluation.confusionMatrix();
    return "%s loss %s accuracy %s (%d of %d)%s, macro-averaged recall %s, F1 %s"
        .formatted(
            split.word(),
            number(4, evaluation.meanLoss()),
            number(4, matrix.accuracy()),
            matrix.correct(),
            matrix.total(),
            testTimeFlip.note(),
            number(4, matrix.macroRecall()),
            number(4, matrix.macroF1()));
  }

  private static String line(RoundFigures figures) {
    return "loss %s accuracy %s, %s images/s (broadcast %s s, compute %s s, gather %s s, average %s s)"
        .formatted(
            number(4, figures.loss()),
            figures.accuracy() == null ? "not counted" : number(4, figures.accuracy()),
            number(1, figures.imagesPerSecond()),
            number(3, figures.broadcastSeconds()),
            number(3, figures.computeSeconds()),
            number(3, figures.gatherSeconds()),
            number(3, figures.averageSeconds()));
  }

  private static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static Map<String, Object> object(
      String kind, int epoch, int round, double learningRate, RoundFigures figures) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", kind);
    object.put("epoch", epoch);
    object.put("round", round);
    object.put("trainLoss", figures.loss());
    object.put("trainAccuracy", figures.accuracy());
    object.put("learningRate", learningRate);
    object.put("imagesPerSecond", figures.imagesPerSecond());
    object.put("broadcastSeconds", figures.broadcastSeconds());
    object.put("computeSeconds", figures.computeSeconds());
    object.put("gatherSeconds", figures.gatherSeconds());
    object.put("averageSeconds", figures.averageSeconds());
    return object;
  }
}
