package convoy.driver.data.synthesis;

/** How synthetic images are written. */
public enum SynthesisLayout {
  /** As an image set, ready for training. */
  RECORDS,
  /** As PNG files, each in the folder of its class, ready for import. */
  FOLDERS
}
