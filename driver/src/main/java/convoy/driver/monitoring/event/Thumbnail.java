package convoy.driver.monitoring.event;

import java.io.Serializable;

/**
 * A small picture of a classified file, with what it was taken for.
 *
 * @param path the file's full name
 * @param label the predicted class
 * @param probability of that class, 0 to 1
 * @param actual the class that the file's folder is named after; null if it is not known
 * @param picture what the model was given, a JPEG file as a {@code data:} URI
 */
public record Thumbnail(
    String path, String label, double probability, String actual, String picture)
    implements Serializable {}
