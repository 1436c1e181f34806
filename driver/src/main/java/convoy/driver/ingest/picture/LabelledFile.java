package convoy.driver.ingest.picture;

import convoy.driver.files.ListedFile;
import convoy.worker.image.Split;
import java.io.Serializable;

/**
 * A file that holds one picture.
 *
 * @param file where it lies
 * @param label its class, from 0
 * @param given the split that its source has it in; training where the source has no splits
 */
public record LabelledFile(ListedFile file, int label, Split given) implements Serializable {}
