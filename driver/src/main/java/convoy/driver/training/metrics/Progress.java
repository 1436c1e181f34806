package convoy.driver.training.metrics;

import convoy.driver.monitoring.event.Confusions;
import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.PicturesChosen;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunEvents;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import convoy.driver.monitoring.history.RunHistory;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.round.ReplicaFigures;
import convoy.driver.training.round.RoundFigures;
import convoy.driver.training.round.RoundResult;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.training.Round;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how a training run goes: to the log, to {@code metrics.jsonl} and to Spark's listeners. */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final MetricsLog metrics;
  private final RunEvents events;
  private final TestTimeFlip testTimeFlip;
  private RunHistory history;

  /**
   * The progress from some place on.
   *
   * @param testTimeFlip whether evaluations look at mirror images too
   */
  public Progress(MetricsLog metrics, RunEvents events, TestTimeFlip testTimeFlip) {
    this.metrics = metrics;
    this.events = events;
    this.testTimeFlip = testTimeFlip;
  }

  /** Makes everything so far visible in {@code metrics.jsonl}. */
  public void flush() throws IOException {
    metrics.flush();
  }

  /** The run begins, or goes on. */
  public void started(RunStarted setup) throws IOException {
    history = new RunHistory(setup.output(), setup);
    tell(setup);
    metrics
        .earlier()
        .forEach(
            event -> {
              events.post(event);
              history.add(event);
            });
    metrics.flush();
  }

  /** A round has ended. */
  public void roundEnded(Round round, double learningRate, RoundResult result) {
    RoundFigures figures = result.figures();
    LOG.info("epoch {} round {} {}", round.epoch(), round.round(), line(figures));
    tell(
        new RoundEnded(
            System.currentTimeMillis(),
            round.epoch(),
            round.round(),
            1,
            figures.examples(),
            figures.loss(),
            figures.accuracy(),
            learningRate,
            figures.imagesPerSecond(),
            figures.broadcastSeconds(),
            figures.computeSeconds(),
            figures.gatherSeconds(),
            figures.averageSeconds(),
            result.replicas().stream().map(ReplicaFigures::seconds).toList(),
            result.replicas().stream().map(ReplicaFigures::distance).toList()));
  }

  /**
   * An epoch has ended and its model was evaluated.
   *
   * @param reached after its last round
   * @param evaluation of its model
   * @param split whose images it was evaluated on
   * @param evaluateSeconds how long that took
   */
  public void epochEnded(
      Checkpoint reached,
      double learningRate,
      Evaluation evaluation,
      Split split,
      double evaluateSeconds)
      throws IOException {
    RoundFigures figures = reached.epochSoFar();
    LOG.info("epoch {} {}; {}", reached.epoch(), line(figures), line(split, evaluation));
    tell(
        new EpochEnded(
            System.currentTimeMillis(),
            reached.epoch(),
            reached.round(),
            figures.loss(),
            figures.accuracy(),
            learningRate,
            figures.imagesPerSecond(),
            figures.broadcastSeconds(),
            figures.computeSeconds(),
            figures.gatherSeconds(),
            figures.averageSeconds(),
            evaluateSeconds,
            figures(split, evaluation)));
    metrics.flush();
  }

  /** The model of {@code epoch}, which is to be published, was evaluated on the test images. */
  public void tested(int epoch, Evaluation evaluation) throws IOException {
    LOG.info("epoch {} {}", epoch, line(Split.TEST, evaluation));
    tell(new RunTested(System.currentTimeMillis(), epoch, figures(Split.TEST, evaluation)));
    metrics.flush();
  }

  /** Test images were chosen to show. */
  public void chosen(PicturesChosen pictures) {
    events.post(pictures);
    history.add(pictures);
  }

  /** The whole run, as it will be when it has ended. */
  public RunView view(RunEnded end) {
    history.add(end);
    return history.view();
  }

  /** The run has ended, one way or the other. */
  public void ended(RunEnded end) throws IOException {
    tell(end);
    metrics.flush();
  }

  private void tell(RunEvent event) {
    if (history != null) {
      history.add(event);
    }
    events.post(event);
    metrics.add(event);
  }

  /** The figures of an evaluation, with its confusions. */
  public EvaluationFigures figures(Split split, Evaluation evaluation) {
    ConfusionMatrix matrix = evaluation.confusionMatrix();
    return new EvaluationFigures(
        split.word(),
        evaluation.meanLoss(),
        matrix.correct(),
        matrix.total(),
        matrix.accuracy(),
        matrix.macroRecall(),
        matrix.macroF1(),
        testTimeFlip == TestTimeFlip.ON,
        Confusions.of(matrix));
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
}
