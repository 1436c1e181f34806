package convoy.driver.data;

import java.io.Serializable;

/**
 * Consecutive records of one file of an image set: what one task reads.
 *
 * @param file its URI
 * @param firstRecord the number of the first record in the file, from 0
 * @param records how many, 1 or more
 * @param firstIndex the number of the first record among all records of the split, from 0
 */
public record Slice(String file, long firstRecord, int records, long firstIndex)
    implements Serializable {}
