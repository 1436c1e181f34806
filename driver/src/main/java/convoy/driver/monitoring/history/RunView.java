package convoy.driver.monitoring.history;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.PicturesChosen.ChosenPicture;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import java.util.List;

/**
 * A training run as pages and reports show it, and as {@code /training/json} gives it.
 *
 * @param run its output directory, a URI
 * @param setup what was settled at its start
 * @param state {@value #RUNNING}, or the outcome as {@link RunEnded.Outcome} has it
 * @param updated when something happened last, milliseconds since 1970
 * @param epoch of the last round; 0 before the first
 * @param round its number in the epoch
 * @param roundsDone rounds of all epochs so far
 * @param imagesPerSecond of the last round; null before the first
 * @param secondsLeft until the last round at the pace so far; null if that cannot be told
 * @param lastAccuracy after the last epoch; null before the first
 * @param bestAccuracy of any epoch; null before the first
 * @param bestEpoch the first with that; 0 before the first
 * @param rounds of the whole run, thinned
 * @param replicas of the whole run, thinned further
 * @param epochs of the whole run, every second one and so on if there are very many
 * @param evaluation the last one, with its confusions
 * @param tested the test of the model to be published, if it has one of its own
 * @param pictures test images as the published model classifies them; none before the end
 * @param ended how it ended; null while it goes on
 */
public record RunView(
    String run,
    RunStarted setup,
    String state,
    long updated,
    int epoch,
    int round,
    int roundsDone,
    Double imagesPerSecond,
    Double secondsLeft,
    Double lastAccuracy,
    Double bestAccuracy,
    int bestEpoch,
    RoundColumns rounds,
    ReplicaColumns replicas,
    List<EpochEnded> epochs,
    EvaluationFigures evaluation,
    RunTested tested,
    List<ChosenPicture> pictures,
    RunEnded ended) {
  /** The state of a run of which no end is known. */
  public static final String RUNNING = "RUNNING";
}
