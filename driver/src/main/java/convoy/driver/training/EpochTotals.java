package convoy.driver.training;

/** The sums of an epoch's rounds. */
final class EpochTotals {
  private long examples;
  private double lossSum;
  private long correct;
  private RoundTimes times = new RoundTimes(0, 0, 0, 0);

  void add(RoundResult round) {
    examples += round.examples();
    lossSum += round.lossSum();
    correct += round.correct();
    RoundTimes more = round.times();
    times =
        new RoundTimes(
            times.broadcast() + more.broadcast(),
            times.compute() + more.compute(),
            times.gather() + more.gather(),
            times.average() + more.average());
  }

  double loss() {
    return lossSum / examples;
  }

  double accuracy() {
    return (double) correct / examples;
  }

  double imagesPerSecond() {
    return examples / times.total();
  }

  RoundTimes times() {
    return times;
  }
}
