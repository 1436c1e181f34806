package convoy.driver.training;

import convoy.driver.config.EvaluationConfig;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.Evaluation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the training goes: a line in the log and an object in {@code metrics.jsonl}. */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final MetricsLog metrics;
  private final EvaluationConfig evaluation;
  private RoundSummary epochSoFar;

  /** The progress from some place on, with what the rounds of its epoch have come to already. */
  Progress(MetricsLog metrics, EvaluationConfig evaluation, RoundSummary epochSoFar) {
    this.metrics = metrics;
    this.evaluation = evaluation;
    this.epochSoFar = epochSoFar;
  }

  /** What the rounds of an epoch that is not done came to. */
  RoundSummary epochSoFar() {
    return epochSoFar;
  }

  /** Makes the objects of all rounds so far visible in {@code metrics.jsonl}. */
  void flush() throws IOException {
    metrics.flush();
  }

  /** A round has ended. */
  void roundEnded(int epoch, int round, double learningRate, RoundResult result) {
    RoundSummary summary = RoundSummary.of(result);
    epochSoFar = epochSoFar.plus(summary);
    LOG.info("epoch {} round {} {}", epoch, round, line(summary));
    metrics.add(object("round", epoch, round, learningRate, summary));
  }

  /** An epoch has ended and its state was evaluated on the test images. */
  void epochEnded(int epoch, int rounds, double learningRate, Evaluation test) throws IOException {
    long correct = test.confusionMatrix().correct();
    long count = test.confusionMatrix().total();
    double accuracy = test.confusionMatrix().accuracy();
    LOG.info(
        "epoch {} {}; test loss {} accuracy {} ({} of {}){}",
        epoch,
        line(epochSoFar),
        number(4, test.meanLoss()),
        number(4, accuracy),
        correct,
        count,
        evaluation.testTimeFlip().note());
    Map<String, Object> object = object("epoch", epoch, rounds, learningRate, epochSoFar);
    object.put("testLoss", test.meanLoss());
    object.put("testCorrect", correct);
    object.put("testCount", count);
    object.put("testAccuracy", accuracy);
    object.put("testTimeFlip", evaluation.testTimeFlip() == TestTimeFlip.ON);
    metrics.add(object);
    metrics.flush();
    epochSoFar = RoundSummary.NONE;
  }

  private static String line(RoundSummary summary) {
    RoundTimes times = summary.times();
    return "loss %s accuracy %s, %s images/s (broadcast %s s, compute %s s, gather %s s, average %s s)"
        .formatted(
            number(4, summary.loss()),
            summary.accuracy() == null ? "not counted" : number(4, summary.accuracy()),
            number(1, summary.imagesPerSecond()),
            number(3, times.broadcast()),
            number(3, times.compute()),
            number(3, times.gather()),
            number(3, times.average()));
  }

  private static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static Map<String, Object> object(
      String kind, int epoch, int round, double learningRate, RoundSummary summary) {
    RoundTimes times = summary.times();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", kind);
    object.put("epoch", epoch);
    object.put("round", round);
    object.put("trainLoss", summary.loss());
    object.put("trainAccuracy", summary.accuracy());
    object.put("learningRate", learningRate);
    object.put("imagesPerSecond", summary.imagesPerSecond());
    object.put("broadcastSeconds", times.broadcast());
    object.put("computeSeconds", times.compute());
    object.put("gatherSeconds", times.gather());
    object.put("averageSeconds", times.average());
    return object;
  }
}
