package convoy.driver.ingest;

import java.util.Locale;

/** What an import reads. */
public enum ImportKind {
  /** One of the others, recognised by the names of the files. */
  AUTO,
  /** The binary version of CIFAR-10, archive or folder. */
  CIFAR_10,
  /** The binary version of CIFAR-100, archive or folder. */
  CIFAR_100,
  /** A folder for each class, at the top or under a folder for each split. */
  FOLDERS,
  /** A CSV, JSON lines or Parquet file of paths or pictures with their classes. */
  TABLE,
  /** Tar archives in the layout of WebDataset. */
  TAR;

  /** As the configuration has it, such as {@code cifar-10}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
