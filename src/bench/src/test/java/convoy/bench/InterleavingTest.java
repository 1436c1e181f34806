package convoy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.bench.worker.Mode;
import convoy.bench.worker.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavingTest {
  private final List<String> events = new ArrayList<>();

  @Test
  void run_opensAll_thenTakesTurns_thenClosesAll() {
    List<Measurement> measurements =
        new Interleaving(2, line -> {}).run(List.of(new Counter("a"), new Counter("b")));

    assertThat(events)
        .containsExactly("open a", "open b", "a", "b", "a", "b", "close a", "close b");
    assertThat(measurements)
        .extracting(Measurement::imagesPerSecond)
        .containsOnly(List.of(1.0, 2.0));
  }

  @Test
  void run_whenOneFailsInItsSecondTurn_givesItsReasonAndGoesOnWithTheOthers() {
    Counter failing = new Counter("a");
    failing.turns = 1;
    List<Measurement> measurements =
        new Interleaving(3, line -> {}).run(List.of(failing, new Counter("b")));

    assertThat(measurements.get(0).failure()).contains("no more");
    assertThat(measurements.get(0).imagesPerSecond()).isEmpty();
    assertThat(measurements.get(1).failure()).isEmpty();
    assertThat(measurements.get(1).imagesPerSecond()).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void run_ofASpentContestant_keepsTheRepetitionsItHad() {
    Counter slow = new Counter("a");
    slow.spentAfter = 2;
    assertThat(new Interleaving(5, line -> {}).run(List.of(slow)).get(0).imagesPerSecond())
        .containsExactly(1.0, 2.0);
  }

  @Test
  void run_ofTwoNetworksThatDiffer_failsTheSecond() {
    Counter other = new Counter("b");
    other.values = 8;
    List<Measurement> measurements =
        new Interleaving(1, line -> {}).run(List.of(new Counter("a"), other));

    assertThat(measurements.get(0).failure()).isEmpty();
    assertThat(measurements.get(1).failure())
        .contains("its network has 8 parameters and statistics, that of a has 7");
  }

  /** Gives 1, 2, 3, ... images a second. */
  private final class Counter implements Contestant {
    private final String engine;
    private long values = 7;
    private int turns = Integer.MAX_VALUE;
    private int spentAfter = Integer.MAX_VALUE;
    private int turn;

    Counter(String engine) {
      this.engine = engine;
    }

    @Override
    public Workload workload() {
      return new Workload(engine, "net", 32, Mode.TRAIN, 1, 1);
    }

    @Override
    public Opened open() {
      events.add("open " + engine);
      return new Opened("1.0", values);
    }

    @Override
    public double repeat() throws ContestantException {
      if (turn == turns) {
        throw new ContestantException("no more");
      }
      events.add(engine);
      return ++turn;
    }

    @Override
    public boolean isSpent() {
      return turn >= spentAfter;
    }

    @Override
    public long peakMebibytes() {
      return 1;
    }

    @Override
    public void close() {
      events.add("close " + engine);
    }
  }
}
