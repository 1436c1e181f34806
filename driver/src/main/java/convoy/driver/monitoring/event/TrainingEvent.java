package convoy.driver.monitoring.event;

import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * A {@link RunEvent} on its way through Spark's listeners and Spark's event log, which names this
 * class.
 *
 * @param run which run of the application it belongs to: its output directory, a URI
 * @param event what happened
 */
public record TrainingEvent(String run, RunEvent event) implements SparkListenerEvent {}
