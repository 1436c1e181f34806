package convoy.worker.engine.onednn.operator;

/**
 * Where the weights and biases of a convolution or a dense layer lie in the flat parameter vector.
 * The weights of one output stand together.
 *
 * @param weightOffset of the first weight
 * @param weightsPerOutput how many
 * @param biasOffset of the first bias, or {@link #NO_BIAS}
 */
public record Affine(long weightOffset, long weightsPerOutput, long biasOffset) {
  /** The layer has no biases. */
  public static final long NO_BIAS = -1;

  /** Whether the layer has biases. */
  public boolean hasBias() {
    return biasOffset != NO_BIAS;
  }

  /** The same weights, with biases from {@code offset} on. */
  public Affine withBias(long offset) {
    return new Affine(weightOffset, weightsPerOutput, offset);
  }
}
