package convoy.driver.monitoring.event;

/**
 * The model that is to be published was evaluated on the test images.
 *
 * @param time milliseconds since 1970
 * @param epoch whose model it is
 * @param evaluation of the model
 */
public record RunTested(long time, int epoch, EvaluationFigures evaluation) implements RunEvent {}
