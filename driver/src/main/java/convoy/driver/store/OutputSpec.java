package convoy.driver.store;

/**
 * Where a command writes.
 *
 * @param path a directory, as a Hadoop URI
 * @param overwrite whether an existing one is replaced
 */
public record OutputSpec(String path, boolean overwrite) {}
