package convoy.driver.training.dl4jspark;

import convoy.worker.image.ImageShape;
import convoy.worker.image.ImageShard;
import convoy.worker.image.Minibatch;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.RoundMinibatches;
import java.util.Arrays;
import java.util.Iterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

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
    ImageShape shape = minibatch.shape();
    int count = minibatch.count();
    INDArray images =
        Nd4j.create(
            Arrays.copyOf(minibatch.images(), count * shape.pixels()),
            new long[] {count, shape.channels(), shape.height(), shape.width()},
            'c');
    float[] oneHot = new float[count * classes];
    for (int i = 0; i < count; i++) {
      oneHot[i * classes + minibatch.labels()[i]] = 1;
    }
    INDArray labels = Nd4j.create(oneHot, new long[] {count, classes}, 'c');
    return new org.nd4j.linalg.dataset.MultiDataSet(images, labels);
  }
}
