package convoy.driver.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * What a task has written, and what it had to leave out.
 *
 * @param number the task's, from 0, in the order of the records
 * @param directory where the files of the attempt that succeeded lie, relative to the set in the
 *     making
 * @param parts its files of records, at most one per split
 * @param rejectedCodes the code of the reason of each picture that could not be read
 * @param rejected these pictures by their class and split, in the order of the first of each
 */
record TaskReport(
    int number,
    String directory,
    List<PartReport> parts,
    List<String> rejectedCodes,
    List<RejectedClass> rejected)
    implements Serializable {
  TaskReport {
    parts = List.copyOf(parts);
    rejectedCodes = List.copyOf(rejectedCodes);
    rejected = List.copyOf(rejected);
  }
}
