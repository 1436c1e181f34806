package convoy.worker.training;

import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.network.TrainingSpec;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps compiled networks open between rounds, as many as this process has ever used at once. A
 * network out of the pool holds leftovers of another round until {@link TrainingNetwork#load}
 * replaces them; no state lives here. When the task changes to another network, the old ones are
 * closed; a batch-norm estimate of a network with dropout, which leaves that out, is such a change.
 */
final class NetworkPool {
  private record Key(String engine, TrainingSpec training, int batchSize) {}

  private static final Deque<TrainingNetwork> IDLE = new ArrayDeque<>();
  private static Key key;

  private NetworkPool() {}

  /**
   * A network for the task's replica. Closing the lease ends it: a network whose work is {@link
   * Lease#done} goes back, one that failed on the way is closed.
   */
  static Lease lease(ReplicaTask task) {
    Key wanted = new Key(task.engine(), task.training(), task.batchSize());
    synchronized (IDLE) {
      if (!wanted.equals(key)) {
        IDLE.forEach(TrainingNetwork::close);
        IDLE.clear();
        key = wanted;
      }
      if (!IDLE.isEmpty()) {
        return new Lease(wanted, IDLE.pop());
      }
    }
    TrainingNetwork opened =
        Engines.named(task.engine()).openTraining(task.training(), task.batchSize(), task.seed());
    return new Lease(wanted, opened);
  }

  /** A network in one replica's hands. */
  static final class Lease implements AutoCloseable {
    private final Key leasedKey;
    private final TrainingNetwork network;
    private boolean done;

    private Lease(Key leasedKey, TrainingNetwork network) {
      this.leasedKey = leasedKey;
      this.network = network;
    }

    TrainingNetwork network() {
      return network;
    }

    /** The network's work has come to its end, and {@link #network} may serve another replica. */
    void done() {
      done = true;
    }

    @Override
    public void close() {
      synchronized (IDLE) {
        if (done && leasedKey.equals(key)) {
          IDLE.push(network);
          return;
        }
      }
      network.close();
    }
  }
}
