package convoy.worker.optimizer;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An optimizer on the flat parameter vector: it gives the parameters and the state that DL4J's
 * updaters give from the same gradients, in the same places, so that a state saved by the one is
 * read by the other. Used by one thread at a time.
 *
 * <p>The vectors lie outside the heap, where the compiler makes no vector instructions of a loop
 * over a buffer. So each block is done in chunks: copied into arrays that stay in the first-level
 * cache, updated there, copied back.
 */
public final class FlatOptimizer {
  /** Of the arrays of a chunk: four of them, 16 KiB, are half of a first-level cache of 32 KiB. */
  private static final int CHUNK = 1024;

  private final UpdateRule rule;
  private final ParameterBlock[] blocks;
  private final float[] state;
  private final float[] parameterChunk = new float[CHUNK];
  private final float[] gradientChunk = new float[CHUNK];
  private final float[][] momentChunks;

  private FlatOptimizer(UpdateRule rule, int moments, List<ParameterBlock> blocks) {
    this.rule = rule;
    this.blocks = blocks.toArray(ParameterBlock[]::new);
    int learnt = blocks.stream().mapToInt(ParameterBlock::length).reduce(0, Math::addExact);
    this.state = new float[Math.multiplyExact(moments, learnt)];
    this.momentChunks = new float[moments][CHUNK];
  }

  /**
   * An optimizer whose state is 0 throughout.
   *
   * @param blocks of a graph that was configured with {@code optimizer}
   */
  public static FlatOptimizer of(OptimizerSpec optimizer, List<ParameterBlock> blocks) {
    return new FlatOptimizer(optimizer.rule(), optimizer.moments(), blocks);
  }

  /**
   * Replaces the state.
   *
   * @param newState float32, in DL4J's order; of length 0 for zeros throughout
   * @throws IllegalArgumentException if its length is not this optimizer's
   */
  public void load(float[] newState) {
    if (newState.length == 0) {
      Arrays.fill(state, 0);
      return;
    }
    if (newState.length != state.length) {
      throw new IllegalArgumentException(
          "Cannot load %d values of optimizer state: this network has %d"
              .formatted(newState.length, state.length));
    }
    System.arraycopy(newState, 0, state, 0, state.length);
  }

  /** A copy of the state, float32, in DL4J's order. */
  public float[] state() {
    return state.clone();
  }

  /**
   * One step. What is in no block stays as it is.
   *
   * @param parameters the whole flat vector, a direct buffer in native order; changed in place
   * @param gradients as long as {@code parameters}, a direct buffer in native order: means over the
   *     minibatch, without weight decay
   * @param learningRate the step size
   * @param iteration steps of the training run before this one
   */
  public void update(
      FloatBuffer parameters, FloatBuffer gradients, double learningRate, long iteration) {
    rule.begin(learningRate, iteration);
    for (ParameterBlock block : blocks) {
      for (int start = 0; start < block.length(); start += CHUNK) {
        updateChunk(block, start, parameters, gradients);
      }
    }
  }

  private void updateChunk(
      ParameterBlock block, int start, FloatBuffer parameters, FloatBuffer gradients) {
    int count = Math.min(CHUNK, block.length() - start);
    int offset = block.offset() + start;
    parameters.get(offset, parameterChunk, 0, count);
    gradients.get(offset, gradientChunk, 0, count);
    for (int k = 0; k < momentChunks.length; k++) {
      System.arraycopy(state, stateOffset(block, start, k), momentChunks[k], 0, count);
    }
    rule.apply(parameterChunk, gradientChunk, momentChunks, count, block.decayed());
    parameters.put(offset, parameterChunk, 0, count);
    for (int k = 0; k < momentChunks.length; k++) {
      System.arraycopy(momentChunks[k], 0, state, stateOffset(block, start, k), count);
    }
  }

  private static int stateOffset(ParameterBlock block, int start, int moment) {
    return block.stateOffset() + moment * block.stateStride() + start;
  }
}
