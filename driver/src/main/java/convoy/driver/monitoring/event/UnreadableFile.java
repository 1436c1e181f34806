package convoy.driver.monitoring.event;

import java.io.Serializable;

/**
 * A file that could not be read.
 *
 * @param path its full name
 * @param sentence why, with the values
 */
public record UnreadableFile(String path, String sentence) implements Serializable {}
