package convoy.driver.training.dl4jspark;

import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.network.Dl4jArrays;
import convoy.worker.network.TrainingSpec;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.RoundMinibatches;
import java.util.Arrays;
import java.util.Iterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The minibatches of a replica's round as DL4J's own data sets, each in arrays of its own. All
 * outputs of the network get the same labels.
 */
final class MultiDataSets implements Iterator<MultiDataSet> {
  private final RoundMinibatches minibatches;
  private final TrainingSpec training;
  private final int outputs;

  MultiDataSets(ReplicaTask task, Round round, int partition, ImageShard shard, int outputs) {
    this.minibatches = new RoundMinibatches(task, round, partition, shard);
    this.training = task.training();
    this.outputs = outputs;
  }

  @Override
  public boolean hasNext() {
    return minibatches.hasNext();
  }

  @Override
  public MultiDataSet next() {
    Minibatch minibatch = minibatches.next();
    INDArray[] labels = new INDArray[outputs];
    Arrays.fill(
        labels, Dl4jArrays.labels(minibatch, training.network().classes(), training.loss()));
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {Dl4jArrays.images(minibatch)}, labels);
  }
}
