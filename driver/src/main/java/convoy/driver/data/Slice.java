package convoy.driver.data;

import java.io.Serializable;

/** Consecutive records of one file of an image set: what one task reads. */
public final class Slice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long firstRecord;
  private final int records;
  private final long firstIndex;

  /** A slice; see the methods of the same names. */
  public Slice(String file, long firstRecord, int records, long firstIndex) {
    this.file = file;
    this.firstRecord = firstRecord;
    this.records = records;
    this.firstIndex = firstIndex;
  }

  /** The file's URI. */
  public String file() {
    return file;
  }

  /** The number of the first record in the file, from 0. */
  public long firstRecord() {
    return firstRecord;
  }

  /** How many records, 1 or more. */
  public int records() {
    return records;
  }

  /** The number of the first record among all records of the split, from 0. */
  public long firstIndex() {
    return firstIndex;
  }
}
