package convoy.worker.engine.onednn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArenaLayoutTest {
  private static final int STEPS = 60;

  private record Lifetime(Buffer buffer, int first, int last) {
    boolean covers(int step) {
      return first <= step && step <= last;
    }

    long end() {
      return buffer.arenaOffset() + buffer.bytes();
    }
  }

  private static List<Lifetime> random(long seed) {
    Random random = new Random(seed);
    List<Lifetime> lifetimes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Buffer buffer = new Buffer(1 + random.nextInt(10_000));
      int first = random.nextInt(STEPS);
      int last = first + random.nextInt(STEPS - first);
      buffer.usedBy(last);
      buffer.usedBy(first);
      lifetimes.add(new Lifetime(buffer, first, last));
    }
    return lifetimes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void buffersThatLiveAtOnce_doNotOverlap_andTheArenaIsNotMuchLargerThanItMustBe(long seed) {
    List<Lifetime> lifetimes = random(seed);
    long size = ArenaLayout.place(lifetimes.stream().map(Lifetime::buffer).toList());

    long most = 0;
    for (int step = 0; step < STEPS; step++) {
      int now = step;
      List<Lifetime> alive = lifetimes.stream().filter(one -> one.covers(now)).toList();
      most = Math.max(most, alive.stream().mapToLong(one -> one.buffer().bytes()).sum());
      for (Lifetime one : alive) {
        assertThat(one.end()).isLessThanOrEqualTo(size);
        assertThat(one.buffer().arenaOffset() % 64).isZero();
        for (Lifetime other : alive) {
          assertThat(
                  one.equals(other)
                      || one.end() <= other.buffer().arenaOffset()
                      || other.end() <= one.buffer().arenaOffset())
              .isTrue();
        }
      }
    }
    assertThat(size).isBetween(most, most * 5 / 4);
  }
}
