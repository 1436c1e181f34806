package convoy.bench.jmh;

import convoy.bench.worker.SyntheticBatches;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.synthesis.SyntheticImages;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds to assemble one 3x32x32 image of a minibatch of 128. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AssemblyBenchmark {
  private static final int BATCH_SIZE = 128;

  private final SyntheticBatches batches = new SyntheticBatches(BATCH_SIZE, SyntheticImages.SHAPE);

  /** Gathered, flipped, cropped and normalised, as for training. */
  @Benchmark
  @OperationsPerInvocation(BATCH_SIZE)
  public Minibatch flippedAndCropped() {
    return batches.forTraining();
  }

  /** Gathered and normalised, as for prediction. */
  @Benchmark
  @OperationsPerInvocation(BATCH_SIZE)
  public Minibatch asItIs() {
    return batches.forPrediction();
  }
}
