package convoy.driver.training.metrics;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import convoy.driver.progress.Figures;
import convoy.driver.progress.ProgressDisplay.Milestone;
import convoy.worker.engine.TestTimeFlip;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Words an epoch for people: as a row of a table and as a sentence. */
final class EpochLines {
  private static final int NARROWEST = 9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private EpochLines() {}

  /** The epoch of that run. */
  static Milestone milestone(RunStarted setup, EpochEnded epoch) {
    EvaluationFigures evaluation = epoch.evaluation();
    String split = evaluation.split();
    List<String> heads =
        List.of(
            "epoch",
            "train loss",
            "train accuracy",
            split + " loss",
            split + " accuracy",
            "images/s",
            "after");
    return new Milestone(
        row(heads, heads),
        row(
            heads,
            List.of(
                Integer.toString(epoch.epoch()),
                Figures.rounded(epoch.trainLoss()),
                accuracy(epoch.trainAccuracy()),
                Figures.rounded(evaluation.loss()),
                Figures.percent(evaluation.accuracy()),
                Figures.rounded(epoch.imagesPerSecond()),
                Figures.time((epoch.time() - setup.time()) / MILLIS_PER_SECOND))),
        "epoch %d/%d: train loss %s, accuracy %s; %s; %s images/s"
            .formatted(
                epoch.epoch(),
                setup.epochs(),
                Figures.rounded(epoch.trainLoss()),
                accuracy(epoch.trainAccuracy()),
                of(evaluation),
                Figures.rounded(epoch.imagesPerSecond())));
  }

  /** The test of the model that is to be published. */
  static String of(RunTested test) {
    return "model of epoch %d: %s".formatted(test.epoch(), of(test.evaluation()));
  }

  private static String of(EvaluationFigures evaluation) {
    return "%s loss %s, accuracy %s (%s of %s images%s)"
        .formatted(
            evaluation.split(),
            Figures.rounded(evaluation.loss()),
            Figures.percent(evaluation.accuracy()),
            Figures.count(evaluation.correct()),
            Figures.count(evaluation.count()),
            TestTimeFlip.of(evaluation.testTimeFlip()).note());
  }

  /** Cells under their heads, flush right. */
  private static String row(List<String> heads, List<String> cells) {
    return IntStream.range(0, heads.size())
        .mapToObj(
            i -> ("%" + Math.max(NARROWEST, heads.get(i).length()) + "s").formatted(cells.get(i)))
        .collect(Collectors.joining("  "));
  }

  private static String accuracy(Double share) {
    return share == null ? "not counted" : Figures.percent(share);
  }
}
