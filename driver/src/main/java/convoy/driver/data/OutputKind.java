package convoy.driver.data;

import convoy.driver.files.OwnFiles;

/** What a command writes into its output directory. */
public enum OutputKind {
  /** An image set. */
  IMAGE_SET("the image set") {
    @Override
    OwnFiles files() {
      return new OwnFiles(
          ImageSetDescription.FILE,
          ImageSetDescription.FORMAT,
          "(training|validation|test)-[0-9]+[.]bin"
              + "|data_batch_[0-9]+[.]bin|test_batch[.]bin|batches[.]meta[.]txt|records[.]txt"
              + "|(pictures|rejected|copies)/(part-[^/]+[.]csv|_SUCCESS)");
    }
  },
  /** PNG files in folders of classes, which may lie in folders of splits. */
  PICTURES("the pictures") {
    @Override
    OwnFiles files() {
      return OwnFiles.marked("([^/]+/){1,2}[0-9]{5,}[.]png");
    }
  },
  /** What a model does under disturbances. */
  DISTURBANCES("the disturbances") {
    @Override
    OwnFiles files() {
      return new OwnFiles(
          "disturbances.csv", "kind,strength,parameter,unit,", "disturbances[.]html");
    }
  };

  private final String purpose;

  OutputKind(String purpose) {
    this.purpose = purpose;
  }

  /** What is written, as a message names it. */
  String purpose() {
    return purpose;
  }

  /** The files that are written. */
  abstract OwnFiles files();
}
