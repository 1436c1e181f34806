package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private static final OptimizerSpec ADAM = new AdamW(0.9, 0.999, 1e-8, 0);
  private static final OptimizerSpec PLAIN = new Sgd(0, 0);
  private static final double RATE = 0.01;

  private static ReplicaTask task(String network, OptimizerSpec optimizer, int batchSize) {
    return new ReplicaTask(
        new TrainingSpec(new NetworkSpec(network, CifarRecord.SHAPE, 10), optimizer, 0, 1),
        "dl4j",
        RandomImages.preprocessing(),
        new Augmentation(Augmentation.Flip.RANDOM, 4, ResizedCrop.NONE, ColourJitter.NONE, 0),
        batchSize,
        LearningRate.constant(RATE, 1),
        11);
  }

  /** A round of an epoch whose rounds all have {@code steps} local steps. */
  private static Round round(int epoch, int round, int steps) {
    return new Round(epoch, round, (round - 1) * steps, steps);
  }

  private static ReplicaTask withoutAugmentation(ReplicaTask task) {
    return new ReplicaTask(
        task.training(),
        task.engine(),
        task.preprocessing(),
        Augmentation.NONE,
        task.batchSize(),
        task.learningRate(),
        task.seed());
  }

  @Test
  void sameTask_givesTheSameBits_inAnyThreadAndSideBySide()
      throws InterruptedException, ExecutionException {
    // With dropout, augmentation, momentum: everything that could leak between runs.
    ReplicaTask task = task("vgg-16", new Sgd(0.9, 5e-4), 4);
    ImageShard shard = RandomImages.shard(1, 30);
    TrainingState start = InitialState.of(task);
    ReplicaUpdate expected = Replica.train(task, start, round(1, 2, 2), 3, shard);
    Replica.train(task, start, round(2, 1, 2), 0, shard);

    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<ReplicaUpdate>> futures = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        futures.add(threads.submit(() -> Replica.train(task, start, round(1, 2, 2), 3, shard)));
      }
      for (Future<ReplicaUpdate> future : futures) {
        ReplicaUpdate again = future.get();
        assertThat(again.state().parameters()).isEqualTo(expected.state().parameters());
        assertThat(again.state().optimizerState()).isEqualTo(expected.state().optimizerState());
        assertThat(again.lossSum()).isEqualTo(expected.lossSum());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void rounds_useEveryImageOnceAnEpoch_tailMinibatchesIncluded() {
    ReplicaTask task = withoutAugmentation(task("resnet-8", ADAM, 8));
    // 53 images of one label each that tells them apart by their first pixel.
    int images = 53;
    byte[] pixels = new byte[images * CifarRecord.PIXEL_BYTES];
    for (int i = 0; i < images; i++) {
      pixels[i * CifarRecord.PIXEL_BYTES] = (byte) i;
    }
    ImageShard shard = new PackedImages(CifarRecord.SHAPE, pixels, new char[images]);
    List<Float> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int round = 1; round <= 4; round++) {
      RoundMinibatches minibatches = new RoundMinibatches(task, round(1, round, 3), 0, shard);
      assertThat(minibatches.count()).isEqualTo(List.of(3, 3, 1, 0).get(round - 1));
      while (minibatches.hasNext()) {
        Minibatch minibatch = minibatches.next();
        sizes.add(minibatch.count());
        for (int i = 0; i < minibatch.count(); i++) {
          seen.add(minibatch.images()[i * CifarRecord.PIXEL_BYTES]);
        }
      }
    }
    assertThat(sizes).containsExactly(8, 8, 8, 8, 8, 8, 5);
    assertThat(seen).hasSize(images).doesNotHaveDuplicates();
  }

  @Test
  void shardWithoutImagesForTheRound_bringsTheStateBack_andWeighsNothing() {
    ReplicaTask task = task("resnet-8", ADAM, 8);
    TrainingState state = InitialState.of(task);
    for (ImageShard shard : List.of(RandomImages.shard(1, 0), RandomImages.shard(1, 24))) {
      ReplicaUpdate update = Replica.train(task, state, round(1, 2, 3), 0, shard);

      assertThat(update.examples()).isZero();
      assertThat(update.state()).isSameAs(state);
    }
  }

  @Test
  void localSteps_countAsIterations_soThatAdamsBiasCorrectionGoesOn() {
    ReplicaTask task = withoutAugmentation(task("resnet-8", ADAM, 8));
    ImageShard shard = RandomImages.shard(1, 32);
    TrainingState start = InitialState.of(task);

    TrainingState inOneRound = Replica.train(task, start, round(1, 1, 2), 0, shard).state();
    TrainingState state = start;
    for (int round = 1; round <= 2; round++) {
      state = Replica.train(task, state, round(1, round, 1), 0, shard).state();
    }
    assertThat(state.iteration()).isEqualTo(2).isEqualTo(inOneRound.iteration());
    assertThat(state.parameters()).isEqualTo(inOneRound.parameters());
  }

  @Test
  void stateWithoutOptimizerState_startsEachRoundWithAnUntouchedOptimizer_asAtItsFirstStep() {
    ReplicaTask task = withoutAugmentation(task("resnet-8", ADAM, 8));
    ImageShard shard = RandomImages.shard(1, 32);
    TrainingState start = InitialState.of(task);
    TrainingState trained = Replica.train(task, start, round(1, 1, 2), 0, shard).state();
    // Moments of 0 and no step taken: Adam's bias correction begins anew too.
    TrainingState fresh = new TrainingState(trained.parameters(), start.optimizerState(), 0);

    TrainingState reset =
        Replica.train(task, trained.withoutOptimizerState(), round(1, 2, 2), 0, shard).state();

    assertThat(reset.parameters())
        .isEqualTo(Replica.train(task, fresh, round(1, 2, 2), 0, shard).state().parameters());
    assertThat(reset.optimizerState()).isEmpty();
    assertThat(reset.iteration()).isEqualTo(4);
  }

  @Test
  void averageOfTwoReplicasOneStep_isOneStepOnTheJointMinibatch() {
    // Plain gradient descent without batch normalization: the mean of the gradients is linear.
    ReplicaTask half = withoutAugmentation(task("cifar10-quick", PLAIN, 8));
    ReplicaTask whole = withoutAugmentation(task("cifar10-quick", PLAIN, 20));
    PackedImages joint = RandomImages.shard(1, 14);
    TrainingState start = InitialState.of(half);

    TrainingState average =
        ReplicaAverage.of(
            List.of(
                Replica.train(half, start, round(1, 1, 1), 0, part(joint, 0, 8)),
                Replica.train(half, start, round(1, 1, 1), 1, part(joint, 8, 14))));
    TrainingState expected = Replica.train(whole, start, round(1, 1, 1), 0, joint).state();

    assertThat(average.parameters()).isNotEqualTo(start.parameters());
    for (int i = 0; i < average.parameters().length; i++) {
      assertThat(average.parameters()[i]).isCloseTo(expected.parameters()[i], within(1e-6f));
    }
  }

  private static ImageShard part(PackedImages shard, int from, int to) {
    byte[] pixels = new byte[(to - from) * CifarRecord.PIXEL_BYTES];
    char[] labels = new char[to - from];
    System.arraycopy(shard.pixels(), from * CifarRecord.PIXEL_BYTES, pixels, 0, pixels.length);
    System.arraycopy(shard.labels(), from, labels, 0, labels.length);
    return new PackedImages(CifarRecord.SHAPE, pixels, labels);
  }

  private static ReplicaUpdate update(int examples, int steps, float... parameters) {
    return new ReplicaUpdate(
        new TrainingState(parameters, parameters.clone(), 100 + steps),
        examples,
        steps,
        0,
        0,
        new ReplicaTimes(0, 0, 0));
  }

  @Test
  void average_ofIdenticalStates_isThatState() {
    float[] values = {0.1f, -3.3333333e-20f, 1e30f, -0f, Float.MIN_VALUE, (float) Math.PI};
    for (int replicas = 1; replicas <= 16; replicas++) {
      List<ReplicaUpdate> updates = new ArrayList<>();
      for (int i = 0; i < replicas; i++) {
        updates.add(update(7 + i, 3, values.clone()));
      }
      TrainingState average = ReplicaAverage.of(updates);
      assertThat(average.parameters()).isEqualTo(values);
      assertThat(average.optimizerState()).isEqualTo(values);
    }
  }

  @Test
  void average_isWeightedByExamples_andIgnoresIdleReplicas() {
    TrainingState average =
        ReplicaAverage.of(List.of(update(30, 4, 1f), update(10, 2, 5f), update(0, 0, Float.NaN)));

    assertThat(average.parameters()).containsExactly((30 * 1f + 10 * 5f) / 40);
    assertThat(average.iteration()).isEqualTo(104);
  }

  @Test
  void average_ofNoExamples_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplicaAverage.of(List.of(update(0, 0, 1f), update(0, 0, 1f))))
        .withMessage("Cannot average 2 replicas: none of them saw an example");
  }
}
