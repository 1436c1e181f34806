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

/** Tells how a training run goes: to people, to {@code metrics.jsonl} and to Spark's listeners. */
public final class Progress implements AutoCloseable {
  private final MetricsLog metrics;
  private final RunEvents events;
  private final RunLog log;
  private final TestTimeFlip testTimeFlip;
  private RunHistory history;

  /**
   * The progress from some place on.
   *
   * @param testTimeFlip whether evaluations look at mirror images too
   */
  public Progress(MetricsLog metrics, RunEvents events, RunLog log, TestTimeFlip testTimeFlip) {
    this.metrics = metrics;
    this.events = events;
    this.log = log;
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
    for (RunEvent earlier : metrics.earlier()) {
      events.post(earlier);
      log.addEarlier(earlier);
      history.add(earlier);
    }
    metrics.flush();
  }

  /** A round has ended. */
  public void roundEnded(Round round, double learningRate, RoundResult result) {
    RoundFigures figures = result.figures();
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

  /** Shows nothing more to people; the end may still be told of. */
  @Override
  public void close() {
    log.close();
  }

  private void tell(RunEvent event) {
    if (history != null) {
      history.add(event);
    }
    events.post(event);
    metrics.add(event);
    log.add(event);
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
}
