package convoy.driver.training.metrics;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import convoy.driver.monitoring.history.RunHistory;
import convoy.driver.progress.Figures;
import convoy.driver.progress.ProgressDisplay;
import convoy.driver.progress.ProgressState;
import convoy.driver.progress.ProgressState.Fact;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far a training run is, with a line that stays for each epoch and the test. */
final class RunSummary implements RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunSummary.class);

  private final ProgressDisplay display;
  private RunHistory history;

  RunSummary(ProgressDisplay display) {
    this.display = display;
  }

  @Override
  public void add(RunEvent event) {
    addEarlier(event);
    if (event instanceof RoundEnded) {
      display.show(() -> state(history));
    } else if (event instanceof EpochEnded epoch) {
      display.reached(EpochLines.milestone(history.setup(), epoch));
      display.show(() -> state(history));
    } else if (event instanceof RunTested test) {
      LOG.info("{}", EpochLines.of(test));
    }
  }

  @Override
  public void addEarlier(RunEvent event) {
    if (event instanceof RunStarted started) {
      history = new RunHistory(started.output(), started);
    } else {
      history.add(event);
    }
  }

  @Override
  public void close() {
    display.close();
  }

  /** How far the run is. */
  static ProgressState state(RunHistory history) {
    RunStarted setup = history.setup();
    List<Fact> facts = new ArrayList<>();
    history
        .lastRound()
        .ifPresent(
            round -> {
              facts.add(new Fact(0, "epoch %d/%d".formatted(round.epoch(), setup.epochs())));
              facts.add(new Fact(6, "round " + Figures.count(round.round())));
              facts.add(new Fact(2, "train loss " + Figures.rounded(round.trainLoss())));
              if (round.trainAccuracy() != null) {
                facts.add(new Fact(5, "accuracy " + Figures.percent(round.trainAccuracy())));
              }
            });
    history
        .lastEpoch()
        .map(EpochEnded::evaluation)
        .ifPresent(last -> facts.add(new Fact(3, accuracy(last))));
    history
        .lastRound()
        .ifPresent(
            round ->
                facts.add(new Fact(4, Figures.rounded(round.imagesPerSecond()) + " images/s")));
    history
        .secondsLeft()
        .ifPresent(seconds -> facts.add(new Fact(1, Figures.time(seconds) + " left")));
    return new ProgressState((double) history.roundsDone() / Math.max(1, setup.rounds()), facts);
  }

  private static String accuracy(EvaluationFigures evaluation) {
    return "%s %s".formatted(evaluation.split(), Figures.percent(evaluation.accuracy()));
  }
}
