package convoy.driver.ingest.picture;

import convoy.worker.image.Split;

/**
 * What is known of a picture beside its bytes.
 *
 * @param path its full name
 * @param label its class, from 0
 * @param given the split that its source has it in; training where the source has no splits
 */
public record Picture(String path, int label, Split given) {}
