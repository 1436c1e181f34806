package convoy.driver.monitoring.history;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.PicturesChosen;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import java.util.List;
import java.util.Optional;

/** What has happened in a training run so far, in bounded memory whatever its length. */
public final class RunHistory {
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final int MOST_ROUNDS = 600;
  private static final int MOST_EPOCHS = 300;

  /** Numbers kept of single replicas: of rounds times replicas. */
  private static final int MOST_REPLICA_VALUES = 6_000;

  private static final int LEAST_REPLICA_ROUNDS = 20;
  private static final int MOST_REPLICA_ROUNDS = 300;

  private final String run;
  private final RunStarted setup;
  private final Thinned<RoundEnded> rounds = new Thinned<>(MOST_ROUNDS, RoundEnded::and);
  private final Thinned<RoundEnded> replicas;
  private final Thinned<EpochEnded> epochs = new Thinned<>(MOST_EPOCHS, (one, next) -> next);
  private RoundEnded lastRound;
  private int roundsDone;
  private EpochEnded last;
  private EpochEnded best;
  private EvaluationFigures evaluation;
  private RunTested tested;
  private PicturesChosen pictures;
  private RunEnded ended;
  private long updated;

  /**
   * The history of a run that has begun, or goes on: what its earlier attempts did is added next.
   *
   * @param run its output directory, a URI
   */
  public RunHistory(String run, RunStarted setup) {
    this.run = run;
    this.setup = setup;
    this.updated = setup.time();
    int points = MOST_REPLICA_VALUES / (2 * Math.max(1, setup.replicas())) / 2 * 2;
    this.replicas =
        new Thinned<>(
            Math.max(LEAST_REPLICA_ROUNDS, Math.min(MOST_REPLICA_ROUNDS, points)), RoundEnded::and);
  }

  /** Adds what happened next. */
  public void add(RunEvent event) {
    updated = Math.max(updated, event.time());
    if (event instanceof RoundEnded round) {
      add(round);
    } else if (event instanceof EpochEnded epoch) {
      add(epoch);
    } else if (event instanceof RunTested test) {
      tested = test;
      evaluation = test.evaluation();
    } else if (event instanceof PicturesChosen chosen) {
      pictures = chosen;
    } else if (event instanceof RunEnded end) {
      ended = end;
    }
  }

  /** Adds what the last evaluation was about, of which {@code metrics.jsonl} has only the sums. */
  public void confused(EvaluationFigures withConfusions) {
    evaluation = withConfusions;
  }

  private void add(RoundEnded round) {
    roundsDone += round.rounds();
    lastRound = round;
    rounds.add(round.withoutReplicas());
    if (!round.replicaSeconds().isEmpty()) {
      replicas.add(round);
    }
  }

  private void add(EpochEnded epoch) {
    last = epoch;
    if (best == null || epoch.evaluation().accuracy() > best.evaluation().accuracy()) {
      best = epoch;
    }
    evaluation = epoch.evaluation();
    // The confusions of one epoch are shown, not those of each.
    epochs.add(
        new EpochEnded(
            epoch.time(),
            epoch.epoch(),
            epoch.round(),
            epoch.trainLoss(),
            epoch.trainAccuracy(),
            epoch.learningRate(),
            epoch.imagesPerSecond(),
            epoch.broadcastSeconds(),
            epoch.computeSeconds(),
            epoch.gatherSeconds(),
            epoch.averageSeconds(),
            epoch.evaluateSeconds(),
            epoch.evaluation().with(null)));
  }

  /** What was settled at its start. */
  public RunStarted setup() {
    return setup;
  }

  /** The last round; none before the first. */
  public Optional<RoundEnded> lastRound() {
    return Optional.ofNullable(lastRound);
  }

  /** The last epoch; none before the first. */
  public Optional<EpochEnded> lastEpoch() {
    return Optional.ofNullable(last);
  }

  /** Rounds of all epochs so far, those of earlier attempts included. */
  public int roundsDone() {
    return roundsDone;
  }

  /** The history as pages show it. */
  public RunView view() {
    return new RunView(
        run,
        setup,
        ended == null ? RunView.RUNNING : ended.outcome().name(),
        updated,
        lastRound == null ? 0 : lastRound.epoch(),
        lastRound == null ? 0 : lastRound.round(),
        roundsDone,
        lastRound == null ? null : lastRound.imagesPerSecond(),
        secondsLeft().orElse(null),
        last == null ? null : last.evaluation().accuracy(),
        best == null ? null : best.evaluation().accuracy(),
        best == null ? 0 : best.epoch(),
        RoundColumns.of(rounds.points()),
        ReplicaColumns.of(replicas.points()),
        epochs.points(),
        evaluation,
        tested,
        pictures == null ? List.of() : pictures.pictures(),
        ended);
  }

  /** At the pace so far, evaluations included; none before the first round and after the end. */
  public Optional<Double> secondsLeft() {
    int done = roundsDone - setup.resumedRounds();
    if (ended != null || done <= 0) {
      return Optional.empty();
    }
    double perRound = (updated - setup.time()) / MILLIS_PER_SECOND / done;
    return Optional.of(Math.max(0, setup.rounds() - roundsDone) * perRound);
  }
}
