package convoy.driver.training.dl4jspark;

import convoy.worker.engine.dl4j.Dl4jArrays;
import convoy.worker.image.ImageShard;
import convoy.worker.image.Minibatch;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.RoundMinibatches;
import java.util.Iterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The minibatches of a replica's round as DL4J's own data sets, each in arrays of its own. */
final class MultiDataSets implements Iterator<MultiDataSet> {
  private final RoundMinibatches minibatches;
  private final int classes;

  MultiDataSets(ReplicaTask task, Round round, int partition, ImageShard shard) {
    this.minibatches = new RoundMinibatches(task, round, partition, shard);
    this.classes = task.network().classes();
  }

  @Override
  public boolean hasNext() {
    return minibatches.hasNext();
  }

  @Override
  public MultiDataSet next() {
    Minibatch minibatch = minibatches.next();
    return new org.nd4j.linalg.dataset.MultiDataSet(
        Dl4jArrays.images(minibatch), Dl4jArrays.oneHotLabels(minibatch, classes));
  }
}
