package convoy.worker.engine.onednn.operator;

/** An operator with weights, into which a batch normalization behind it can be folded. */
public interface Foldable extends Operator {
  /** Its weights and biases. */
  Affine affine();

  /** The same operator with its weights and biases elsewhere. */
  Operator with(Affine folded);
}
