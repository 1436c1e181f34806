package convoy.bench.worker;

import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;

/** The optimizer of every training run that is measured: Adam as its authors set it. */
final class AdamSettings {
  static final double LEARNING_RATE = 1e-3;
  static final OptimizerSpec SPEC = new AdamW(0.9, 0.999, 1e-8, 0);

  private AdamSettings() {}
}
