package convoy.driver.training;

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
  private EpochTotals epochTotals = new EpochTotals();

  Progress(MetricsLog metrics) {
    this.metrics = metrics;
  }

  /** A round has ended. */
  void roundEnded(int epoch, int round, double learningRate, RoundResult result) {
    epochTotals.add(result);
    RoundTimes times = result.times();
    double loss = result.lossSum() / result.examples();
    double accuracy = (double) result.correct() / result.examples();
    double rate = result.examples() / times.total();
    LOG.info(
        String.format(
            Locale.ROOT,
            "epoch %d round %d loss %.4f accuracy %.4f, %.1f images/s (broadcast %.3f s, compute %.3f s, gather %.3f s, average %.3f s)",
            epoch,
            round,
            loss,
            accuracy,
            rate,
            times.broadcast(),
            times.compute(),
            times.gather(),
            times.average()));
    Map<String, Object> object = object("round", epoch, round);
    putTraining(object, loss, accuracy, learningRate, rate, times);
    metrics.add(object);
  }

  /** An epoch has ended and its state was evaluated on the test images. */
  void epochEnded(int epoch, int rounds, double learningRate, Evaluation test) throws IOException {
    long correct = test.confusionMatrix().correct();
    long count = test.confusionMatrix().total();
    LOG.info(
        String.format(
            Locale.ROOT,
            "epoch %d: train loss %.4f accuracy %.4f, test loss %.4f accuracy %.4f (%d of %d), %.1f images/s",
            epoch,
            epochTotals.loss(),
            epochTotals.accuracy(),
            test.meanLoss(),
            test.confusionMatrix().accuracy(),
            correct,
            count,
            epochTotals.imagesPerSecond()));
    Map<String, Object> object = object("epoch", epoch, rounds);
    putTraining(
        object,
        epochTotals.loss(),
        epochTotals.accuracy(),
        learningRate,
        epochTotals.imagesPerSecond(),
        epochTotals.times());
    object.put("testLoss", test.meanLoss());
    object.put("testCorrect", correct);
    object.put("testCount", count);
    object.put("testAccuracy", test.confusionMatrix().accuracy());
    metrics.add(object);
    metrics.flush();
    epochTotals = new EpochTotals();
  }

  private static Map<String, Object> object(String kind, int epoch, int round) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", kind);
    object.put("epoch", epoch);
    object.put("round", round);
    return object;
  }

  private static void putTraining(
      Map<String, Object> object,
      double loss,
      double accuracy,
      double learningRate,
      double imagesPerSecond,
      RoundTimes times) {
    object.put("trainLoss", loss);
    object.put("trainAccuracy", accuracy);
    object.put("learningRate", learningRate);
    object.put("imagesPerSecond", imagesPerSecond);
    object.put("broadcastSeconds", times.broadcast());
    object.put("computeSeconds", times.compute());
    object.put("gatherSeconds", times.gather());
    object.put("averageSeconds", times.average());
  }
}
