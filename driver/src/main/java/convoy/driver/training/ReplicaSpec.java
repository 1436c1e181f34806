package convoy.driver.training;

import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.OptimizerSpec;
import java.util.List;

/**
 * What a step of a replica does.
 *
 * @param optimizer its rule
 * @param batchSize images of its minibatch, 1 or more
 * @param labelSmoothing share of a label's certainty spread over all classes, 0 to 0.999999
 * @param dropoutShare share of the network's own dropout rates, 0 to 1
 * @param classWeighting how much the images of each class count
 * @param augmentation how its images are varied
 */
public record ReplicaSpec(
    OptimizerSpec optimizer,
    int batchSize,
    double labelSmoothing,
    double dropoutShare,
    ClassWeighting classWeighting,
    Augmentation augmentation) {
  /**
   * How {@code network} is trained, and on what labels.
   *
   * @param imagesPerClass training images of each class, in label order, 1 or more
   */
  public TrainingSpec training(NetworkSpec network, List<Long> imagesPerClass) {
    return new TrainingSpec(
        network, optimizer, labelSmoothing, dropoutShare, classWeighting.of(imagesPerClass));
  }
}
