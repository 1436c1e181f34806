package convoy.worker.prediction;

/**
 * A class and how probable the network takes it to be.
 *
 * @param label the class's name
 * @param probability 0 to 1; the shortest decimal that stands for the network's float32
 */
public record LabelProbability(String label, double probability) {
  static LabelProbability of(String label, float probability) {
    return new LabelProbability(label, Double.parseDouble(Float.toString(probability)));
  }
}
