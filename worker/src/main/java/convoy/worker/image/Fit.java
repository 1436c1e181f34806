package convoy.worker.image;

/**
 * How a picture of any shape becomes one of the stored shape. A picture that has the stored shape
 * keeps its very pixels whatever the fit.
 */
public enum Fit {
  /**
   * The shorter side, measured by the sides of the stored shape, is brought to its size, and what
   * the longer side has too much is cut off at both ends alike.
   */
  CROP,
  /**
   * The longer side, so measured, is brought to its size, and what the shorter side lacks is black
   * (byte 0) at both ends alike.
   */
  PAD,
  /** Each side is brought to its size; the picture's aspect ratio is lost. */
  STRETCH
}
