package convoy.worker.image.synthesis;

import convoy.worker.image.shard.CifarRecord;
import java.util.List;
import java.util.Random;

/**
 * A linear classifier on raw pixels (multinomial logistic regression), trained by plain stochastic
 * gradient descent: the yardstick for what a data set gives away without any sense of shape.
 */
final class SoftmaxRegression {
  private static final int INPUTS = CifarRecord.PIXEL_BYTES;
  private static final int CLASSES = CifarRecord.CLASSES;

  private final float[][] weights = new float[CLASSES][INPUTS];
  private final float[] bias = new float[CLASSES];

  /** Visits {@code epochs} times every record, in an order drawn anew each time. */
  void train(List<byte[]> records, int epochs, float learningRate) {
    Random random = new Random(7);
    for (int step = 0; step < epochs * records.size(); step++) {
      byte[] record = records.get(random.nextInt(records.size()));
      float[] input = input(record);
      double[] error = probabilities(input);
      error[record[0]] -= 1;
      float rate = learningRate / (1 + 4f * step / (epochs * records.size()));
      for (int label = 0; label < CLASSES; label++) {
        float change = rate * (float) error[label];
        bias[label] -= change;
        for (int i = 0; i < INPUTS; i++) {
          weights[label][i] -= change * input[i];
        }
      }
    }
  }

  /** The share of records whose most probable class is theirs, 0 to 1. */
  double accuracy(List<byte[]> records) {
    return records.stream().filter(record -> predict(record) == record[0]).count()
        / (double) records.size();
  }

  private int predict(byte[] record) {
    double[] probabilities = probabilities(input(record));
    int best = 0;
    for (int label = 1; label < CLASSES; label++) {
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    return best;
  }

  private double[] probabilities(float[] input) {
    double[] probabilities = new double[CLASSES];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < CLASSES; label++) {
      float sum = bias[label];
      for (int i = 0; i < INPUTS; i++) {
        sum += weights[label][i] * input[i];
      }
      probabilities[label] = sum;
      greatest = Math.max(greatest, sum);
    }
    double total = 0;
    for (int label = 0; label < CLASSES; label++) {
      probabilities[label] = Math.exp(probabilities[label] - greatest);
      total += probabilities[label];
    }
    for (int label = 0; label < CLASSES; label++) {
      probabilities[label] /= total;
    }
    return probabilities;
  }

  private static float[] input(byte[] record) {
    float[] input = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      input[i] = ((record[1 + i] & 0xff) - 127.5f) / 127.5f;
    }
    return input;
  }
}
