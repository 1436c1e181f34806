package convoy.bench.jmh;

import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaTimes;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds to average replicas of VGG-16 with Adam's two moments. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx4g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AveragingBenchmark {
  /** Parameters and batch-norm statistics of vgg-16 for ten classes. */
  private static final int PARAMETERS = 15_259_850;

  /** How many replicas. */
  @Param({"2", "8"})
  public int replicas;

  private List<ReplicaUpdate> updates;

  /** Draws the replicas. */
  @Setup
  public void draw() {
    updates = IntStream.range(0, replicas).mapToObj(AveragingBenchmark::update).toList();
  }

  private static ReplicaUpdate update(int replica) {
    Random random = new Random(replica);
    TrainingState state =
        new TrainingState(values(random, PARAMETERS), values(random, 2 * PARAMETERS), 1);
    return new ReplicaUpdate(state, 128, 1, 0, 0, new ReplicaTimes(0, 0, 0));
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** The average as a round makes it. */
  @Benchmark
  public TrainingState average() {
    return ReplicaAverage.of(updates);
  }
}
