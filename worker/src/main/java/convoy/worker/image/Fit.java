package convoy.worker.image;

/** How a picture of any shape becomes one of the stored shape. */
public enum Fit {
  /** The shorter side is scaled to the stored size, and the centre is cut out. */
  CROP,
  /** The longer side is scaled to the stored size, and black (byte 0) fills the rest around it. */
  PAD,
  /** Each side is scaled to the stored size by itself, whatever becomes of the proportions. */
  STRETCH
}
