package convoy.driver.monitoring.event;

import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * A {@link PredictionProgress} on its way through Spark's listeners and Spark's event log, which
 * names this class.
 *
 * @param job which prediction job of the application it belongs to: its output directory, a URI
 * @param event what happened
 */
public record PredictionEvent(String job, PredictionProgress event) implements SparkListenerEvent {}
