package convoy.worker.engine.onednn.operator;

/** An operator that can apply the rectifier to its own result while it has it at hand. */
public interface Rectifiable extends Operator {
  /** The operator followed by a rectifier. */
  Operator rectified();
}
