package convoy.driver.data;

import convoy.worker.image.Split;
import java.io.Serializable;

/**
 * A file of records in the directory of an image set.
 *
 * @param name of the file in the directory
 * @param split what all its records are for
 * @param images how many records it holds, 1 or more
 */
public record RecordFile(String name, Split split, long images) implements Serializable {}
