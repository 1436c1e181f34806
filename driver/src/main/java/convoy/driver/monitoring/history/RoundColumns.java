package convoy.driver.monitoring.history;

import convoy.driver.monitoring.event.RoundEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of a run, a column for each figure, which is shorter as JSON than an object per round.
 *
 * @param index number of the last round in each point, from 1, over all epochs
 * @param epoch of that round
 * @param time of its end, milliseconds since 1970
 * @param trainLoss as {@link RoundEnded} has it, as are the others, in five digits
 */
public record RoundColumns(
    List<Integer> index,
    List<Integer> epoch,
    List<Long> time,
    List<Double> trainLoss,
    List<Double> trainAccuracy,
    List<Double> learningRate,
    List<Double> imagesPerSecond,
    List<Double> broadcastSeconds,
    List<Double> computeSeconds,
    List<Double> gatherSeconds,
    List<Double> averageSeconds) {
  static RoundColumns of(List<RoundEnded> rounds) {
    return new RoundColumns(
        indices(rounds),
        rounds.stream().map(RoundEnded::epoch).toList(),
        rounds.stream().map(RoundEnded::time).toList(),
        column(rounds, RoundEnded::trainLoss),
        column(rounds, round -> round.trainAccuracy() == null ? Double.NaN : round.trainAccuracy()),
        column(rounds, RoundEnded::learningRate),
        column(rounds, RoundEnded::imagesPerSecond),
        column(rounds, RoundEnded::broadcastSeconds),
        column(rounds, RoundEnded::computeSeconds),
        column(rounds, RoundEnded::gatherSeconds),
        column(rounds, RoundEnded::averageSeconds));
  }

  /** The number of the last round of each point. */
  static List<Integer> indices(List<RoundEnded> rounds) {
    List<Integer> indices = new ArrayList<>();
    int done = 0;
    for (RoundEnded round : rounds) {
      done += round.rounds();
      indices.add(done);
    }
    return indices;
  }

  private static List<Double> column(List<RoundEnded> rounds, ToDoubleFunction<RoundEnded> figure) {
    List<Double> column = new ArrayList<>();
    rounds.forEach(round -> column.add(Digits.five(figure.applyAsDouble(round))));
    return column;
  }
}
