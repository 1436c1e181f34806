package convoy.driver.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a task has written, and what it had to leave out. */
final class TaskReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String directory;
  private final ArrayList<PartReport> parts;
  private final String[] rejectedCodes;
  private final String firstRejected;

  /** A report; see the methods of the same names. */
  TaskReport(
      int number,
      String directory,
      List<PartReport> parts,
      List<String> rejectedCodes,
      String firstRejected) {
    this.number = number;
    this.directory = directory;
    this.parts = new ArrayList<>(parts);
    this.rejectedCodes = rejectedCodes.toArray(new String[0]);
    this.firstRejected = firstRejected;
  }

  /** The task's number, from 0, in the order of the records. */
  int number() {
    return number;
  }

  /** Where the files of the attempt that succeeded lie, relative to the set in the making. */
  String directory() {
    return directory;
  }

  /** Its files of records, one a split at most, in the order of the splits. */
  List<PartReport> parts() {
    return parts;
  }

  /** The code of the reason of each picture that could not be read. */
  List<String> rejectedCodes() {
    return List.of(rejectedCodes);
  }

  /** The first of them with its reason; empty if there is none. */
  String firstRejected() {
    return firstRejected;
  }
}
