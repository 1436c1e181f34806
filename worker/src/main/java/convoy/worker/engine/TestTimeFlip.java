package convoy.worker.engine;

/**
 * Whether a network that predicts looks at the mirror image too. Where it does, the probabilities
 * of an image are the mean of its own and of its mirror image's, at the price of a second forward
 * pass (Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", 2015, section 3.2).
 */
public enum TestTimeFlip {
  /** The image alone. */
  OFF,
  /** The image and its mirror image. */
  ON;

  /** ON where it is wanted. */
  public static TestTimeFlip of(boolean wanted) {
    return wanted ? ON : OFF;
  }

  /** {@code network} as it is to be asked; closing that closes {@code network}. */
  public InferenceNetwork applyTo(InferenceNetwork network) {
    return this == ON ? new MirrorAveragedNetwork(network) : network;
  }

  /** What a line for people says behind an accuracy: {@code ", with test-time flip"} or nothing. */
  public String note() {
    return this == ON ? ", with test-time flip" : "";
  }
}
