package convoy.worker.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import convoy.worker.engine.onednn.plan.NativeMemory;
import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.Plan;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;

/**
 * What this process can do at best: the rate of a product of two square matrices, which fill the
 * caches well and ask for little else.
 */
final class MatrixProductPeak {
  /** Three matrices of 4 MiB. */
  private static final int SIDE = 1024;

  private static final int REPETITIONS = 20;

  private MatrixProductPeak() {}

  /** Billions of multiplications and additions a second, the best of some repetitions. */
  static double gigaflopsPerSecond() {
    long values = (long) SIDE * SIDE;
    try (NativeMemory weights = NativeMemory.ofFloats(values);
        Arena arena = new Arena();
        Plan plan = Onednn.inScope(() -> product(weights, arena))) {
      weights.floats().put(new float[Math.toIntExact(values)]);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < REPETITIONS; i++) {
        long start = System.nanoTime();
        plan.run();
        best = Math.min(best, System.nanoTime() - start);
      }
      return plan.steps().get(0).operations() / best;
    }
  }

  private static Plan product(NativeMemory weights, Arena arena) {
    PlanBuilder plan = PlanBuilder.inference(SIDE, weights);
    memory.desc square = Onednn.rowMajor(SIDE, SIDE);
    matmul.primitive_desc description =
        new matmul.primitive_desc(
            new matmul.desc(square, square, square), plan.attributes(), Onednn.CPU);
    plan.run(
        "matrix product",
        2.0 * SIDE * SIDE * SIDE,
        description,
        new matmul(description),
        Map.of(
            DNNL_ARG_SRC, plan.tensor(square),
            DNNL_ARG_WEIGHTS, plan.parameters(0, square),
            DNNL_ARG_DST, plan.tensor(square)));
    return plan.build(arena::ofBytes);
  }
}
