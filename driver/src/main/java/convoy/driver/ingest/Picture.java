package convoy.driver.ingest;

import convoy.worker.image.Split;

/**
 * A picture with its class, as it was read.
 *
 * @param path its full name
 * @param label its class, from 0
 * @param given the split that its source has it in; training where the source has no splits
 * @param content its bytes, which tell copies and decide the split
 */
record Picture(String path, int label, Split given, byte[] content) {}
