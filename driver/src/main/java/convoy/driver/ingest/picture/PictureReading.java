package convoy.driver.ingest.picture;

import convoy.driver.files.FileReader;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What a task reads pictures with.
 *
 * @param configuration of the file systems
 * @param files reads single files, if they are not too long
 * @param classNames in label order
 */
public record PictureReading(
    Configuration configuration, FileReader files, List<String> classNames) {}
