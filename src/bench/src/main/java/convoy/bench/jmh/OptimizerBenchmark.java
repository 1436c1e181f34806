package convoy.bench.jmh;

import convoy.worker.image.synthesis.SyntheticImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.FlatOptimizer;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.ParameterBlocks;
import convoy.worker.optimizer.Sgd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
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

/** Milliseconds of one optimizer step on all parameters of a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx2g", "-Dorg.bytedeco.javacpp.platform.extension=-onednn"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OptimizerBenchmark {
  private static final double LEARNING_RATE = 1e-3;

  /** The network whose parameters are updated. */
  @Param({"resnet-32", "vgg-16"})
  public String network;

  /** The rule. */
  @Param({"adam", "sgd"})
  public String kind;

  private FlatOptimizer optimizer;
  private FloatBuffer parameters;
  private FloatBuffer gradients;
  private long iteration;

  /** Draws parameters and gradients. */
  @Setup
  public void draw() {
    OptimizerSpec spec = kind.equals("adam") ? new AdamW(0.9, 0.999, 1e-8, 0) : new Sgd(0.9, 1e-4);
    NetworkSpec of =
        new NetworkSpec(network, SyntheticImages.SHAPE, SyntheticImages.classNames().size());
    ComputationGraph graph = new ComputationGraph(of.configuration(spec, 1));
    graph.init();
    optimizer = FlatOptimizer.of(spec, ParameterBlocks.of(graph));
    parameters = values(1, (int) graph.numParams());
    gradients = values(2, (int) graph.numParams());
    graph.close();
  }

  private static FloatBuffer values(int seed, int count) {
    Random random = new Random(seed);
    FloatBuffer values =
        ByteBuffer.allocateDirect(Float.BYTES * count)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < count; i++) {
      values.put(i, random.nextFloat() - 0.5f);
    }
    return values;
  }

  /** One step. */
  @Benchmark
  public FloatBuffer update() {
    optimizer.update(parameters, gradients, LEARNING_RATE, iteration++);
    return parameters;
  }
}
