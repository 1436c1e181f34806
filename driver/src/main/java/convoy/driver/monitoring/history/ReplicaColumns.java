package convoy.driver.monitoring.history;

import convoy.driver.monitoring.event.RoundEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is known of single replicas.
 *
 * @param index number of the last round in each point, from 1, over all epochs
 * @param seconds of each replica (outer list) at each point: loading, steps and copying
 * @param distances of each replica from the mean of all, relative to the norm of the mean
 */
public record ReplicaColumns(
    List<Integer> index, List<List<Double>> seconds, List<List<Double>> distances) {
  static ReplicaColumns of(List<RoundEnded> rounds) {
    return new ReplicaColumns(
        RoundColumns.indices(rounds),
        columns(rounds, RoundEnded::replicaSeconds),
        columns(rounds, RoundEnded::replicaDistances));
  }

  private static List<List<Double>> columns(
      List<RoundEnded> rounds, Function<RoundEnded, List<Double>> figures) {
    int replicas = rounds.stream().map(figures).mapToInt(List::size).max().orElse(0);
    List<List<Double>> columns = new ArrayList<>();
    for (int replica = 0; replica < replicas; replica++) {
      List<Double> column = new ArrayList<>();
      for (RoundEnded round : rounds) {
        List<Double> values = figures.apply(round);
        column.add(replica < values.size() ? Digits.five(values.get(replica)) : null);
      }
      columns.add(column);
    }
    return columns;
  }
}
