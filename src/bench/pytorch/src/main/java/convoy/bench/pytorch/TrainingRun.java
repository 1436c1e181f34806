package convoy.bench.pytorch;

import convoy.bench.pytorch.Minibatches.Minibatch;
import convoy.worker.training.LearningRate;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One training run of ResNet-18 from random parameters, in channels-last order. Batch normalization
 * has PyTorch's defaults, which are Convoy's values: 1e-5 is added to the variance, and a step
 * keeps 0.9 of the running statistics.
 */
final class TrainingRun {
  private static final int TEST_BATCH_SIZE = 256;

  /** PyTorch's number for a loss that is the mean over the minibatch. */
  private static final long MEAN = 1;

  /** PyTorch's default for a label that does not count; no image has it. */
  private static final long IGNORED_LABEL = -100;

  private final Recipe recipe;
  private final long seed;
  private final Minibatches training;
  private final Minibatches test;
  private final LearningRate learningRate;
  private final Random random;
  private final Module module;
  private final Layer network;
  private final List<SGD> optimizers;
  private long steps;

  /** Draws the parameters. */
  TrainingRun(TrainingSet set, Recipe recipe, long seed) {
    this.recipe = recipe;
    this.seed = seed;
    this.training = new Minibatches(set, set.training());
    this.test = new Minibatches(set, set.test());
    this.learningRate = recipe.learningRate(set.training().count());
    this.random = new Random(seed);
    torch.manual_seed(seed);
    Layers layers = new Layers();
    this.network = Networks.residual18(layers, set.classes());
    this.module = layers.module();
    layers.initialize();
    layers.channelsLast();
    this.optimizers =
        List.of(
            optimizer(layers.weights(), recipe.weightDecay()),
            optimizer(layers.otherParameters(), 0));
  }

  private SGD optimizer(TensorVector parameters, double weightDecay) {
    SGDOptions options = new SGDOptions(recipe.peak());
    options.momentum().put(recipe.momentum());
    options.weight_decay().put(weightDecay);
    options.nesterov().put(recipe.momentum() > 0);
    return new SGD(parameters, options);
  }

  /**
   * What came of an epoch.
   *
   * @param learningRate of its last step
   * @param loss mean over the training images as they were seen, labels smoothed
   * @param correct test images classified correctly, of {@code tested}
   * @param accuracy the share of them
   * @param imagesPerSecond of training, the assembly of the minibatches included
   */
  record Epoch(
      long seed,
      int epoch,
      double learningRate,
      double loss,
      long correct,
      long tested,
      double accuracy,
      double imagesPerSecond) {}

  /** Sums over minibatches. */
  private static final class Sums {
    private double loss;
    private long correct;
    private long images;
  }

  /** Trains for an epoch and classifies the test images. */
  Epoch next(int epoch) {
    module.train(true);
    Sums trained = new Sums();
    long start = System.nanoTime();
    training.shuffled(recipe, random, minibatch -> step(minibatch, trained));
    double seconds = (System.nanoTime() - start) / 1e9;
    module.eval();
    Sums tested = new Sums();
    test.inOrder(TEST_BATCH_SIZE, minibatch -> classify(minibatch, tested));
    return new Epoch(
        seed,
        epoch,
        learningRate.at(steps - 1),
        trained.loss / trained.images,
        tested.correct,
        tested.images,
        (double) tested.correct / tested.images,
        trained.images / seconds);
  }

  @SuppressWarnings("try") // A scope acts by being open: what is made in it is freed with it.
  private void step(Minibatch minibatch, Sums sums) {
    try (PointerScope scope = new PointerScope()) {
      double rate = learningRate.at(steps++);
      for (SGD optimizer : optimizers) {
        optimizer.param_groups().get(0).options().set_lr(rate);
        optimizer.zero_grad();
      }
      Tensor loss =
          torch.cross_entropy_loss(
              network.forward(images(minibatch)),
              Tensor.create(minibatch.labels(), minibatch.count()),
              new TensorOptional(),
              MEAN,
              IGNORED_LABEL,
              recipe.labelSmoothing());
      loss.backward();
      optimizers.forEach(SGD::step);
      sums.loss += loss.item_double() * minibatch.count();
      sums.images += minibatch.count();
    }
  }

  @SuppressWarnings("try") // A scope acts by being open: what is made in it is freed with it.
  private void classify(Minibatch minibatch, Sums sums) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor guesses = network.forward(images(minibatch)).argmax(new LongOptional(1), false);
      Tensor labels = Tensor.create(minibatch.labels(), minibatch.count());
      sums.correct += guesses.eq(labels).sum().item_long();
      sums.images += minibatch.count();
    }
  }

  private static Tensor images(Minibatch minibatch) {
    return Tensor.create(minibatch.images(), minibatch.dimensions())
        .contiguous(torch.MemoryFormat.ChannelsLast);
  }
}
