package convoy.driver.monitoring.event;

/**
 * More files are done.
 *
 * @param time milliseconds since 1970
 * @param files done so far, those that could not be read included
 * @param unreadable files among them
 */
public record PredictionAdvanced(long time, long files, long unreadable)
    implements PredictionProgress {}
