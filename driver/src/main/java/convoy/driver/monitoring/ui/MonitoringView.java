package convoy.driver.monitoring.ui;

import convoy.driver.monitoring.history.Mishap;
import convoy.driver.monitoring.history.PredictionView;
import convoy.driver.monitoring.history.RunView;
import java.util.List;

/**
 * What the tab shows of an application, and {@code /training/json} gives.
 *
 * @param time now, milliseconds since 1970
 * @param live whether the application runs and this is its own UI
 * @param runs of training, in the order of their starts
 * @param predictions in the order of their starts
 * @param mishaps on its cluster
 */
record MonitoringView(
    long time,
    boolean live,
    List<RunView> runs,
    List<PredictionView> predictions,
    List<Mishap> mishaps) {}
