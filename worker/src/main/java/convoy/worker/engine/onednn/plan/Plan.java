package convoy.worker.engine.onednn.plan;

import java.util.List;

/**
 * A network for minibatches of one size, compiled: steps in order, their memory placed. Running it
 * allocates nothing. Used by one thread at a time.
 */
public final class Plan implements AutoCloseable {
  private final Runnable[] work;
  private final List<Step> steps;
  private final long arenaBytes;
  private final NativeOwner owner;

  Plan(List<Step> steps, long arenaBytes, NativeOwner owner) {
    this.steps = steps;
    this.work = steps.stream().map(Step::work).toArray(Runnable[]::new);
    this.arenaBytes = arenaBytes;
    this.owner = owner;
  }

  /** Runs all steps. */
  public void run() {
    for (Runnable step : work) {
      step.run();
    }
  }

  /** The steps, in the order in which they run. */
  public List<Step> steps() {
    return steps;
  }

  /** Memory that activations, their gradients and scratch space share. */
  public long arenaBytes() {
    return arenaBytes;
  }

  /** Frees everything native but the arena, which is not the plan's. */
  @Override
  public void close() {
    owner.close();
  }
}
