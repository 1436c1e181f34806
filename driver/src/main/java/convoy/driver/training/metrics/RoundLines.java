package convoy.driver.training.metrics;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunTested;
import convoy.worker.engine.TestTimeFlip;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line with all figures to the log for each round, each epoch and the test. */
final class RoundLines implements RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RoundLines.class);

  @Override
  public void add(RunEvent event) {
    if (event instanceof RoundEnded round) {
      LOG.info("epoch {} round {} {}", round.epoch(), round.round(), line(round));
    } else if (event instanceof EpochEnded epoch) {
      LOG.info("epoch {} {}; {}", epoch.epoch(), line(epoch), line(epoch.evaluation()));
    } else if (event instanceof RunTested test) {
      LOG.info("epoch {} {}", test.epoch(), line(test.evaluation()));
    }
  }

  @Override
  public void addEarlier(RunEvent event) {
    // The log of the earlier attempt has it.
  }

  @Override
  public void close() {
    // What is logged stays.
  }

  private static String line(RoundEnded round) {
    return line(
        round.trainLoss(),
        round.trainAccuracy(),
        round.imagesPerSecond(),
        round.broadcastSeconds(),
        round.computeSeconds(),
        round.gatherSeconds(),
        round.averageSeconds());
  }

  private static String line(EpochEnded epoch) {
    return line(
        epoch.trainLoss(),
        epoch.trainAccuracy(),
        epoch.imagesPerSecond(),
        epoch.broadcastSeconds(),
        epoch.computeSeconds(),
        epoch.gatherSeconds(),
        epoch.averageSeconds());
  }

  private static String line(
      double loss,
      Double accuracy,
      double imagesPerSecond,
      double broadcast,
      double compute,
      double gather,
      double average) {
    return "loss %s accuracy %s, %s images/s (broadcast %s s, compute %s s, gather %s s, average %s s)"
        .formatted(
            number(4, loss),
            accuracy == null ? "not counted" : number(4, accuracy),
            number(1, imagesPerSecond),
            number(3, broadcast),
            number(3, compute),
            number(3, gather),
            number(3, average));
  }

  private static String line(EvaluationFigures evaluation) {
    return "%s loss %s accuracy %s (%d of %d)%s, macro-averaged recall %s, F1 %s"
        .formatted(
            evaluation.split(),
            number(4, evaluation.loss()),
            number(4, evaluation.accuracy()),
            evaluation.correct(),
            evaluation.count(),
            TestTimeFlip.of(evaluation.testTimeFlip()).note(),
            number(4, evaluation.macroRecall()),
            number(4, evaluation.macroF1()));
  }

  private static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
