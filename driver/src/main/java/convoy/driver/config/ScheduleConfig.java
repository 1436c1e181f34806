package convoy.driver.config;

import convoy.worker.training.LearningRateSchedule;
import java.util.Arrays;
import java.util.List;

/**
 * How the learning rate goes over the training.
 *
 * @param course from the end of the warm-up to the end of the training
 * @param warmUp share of the training in which the rate first rises from 0, 0 to 0.999999
 * @param scaling how the peak rate follows the global minibatch
 * @param scalingImages global minibatch for which the optimizer's learning rate is meant, 1 or more
 */
public record ScheduleConfig(
    LearningRateSchedule course, double warmUp, RateScaling scaling, int scalingImages) {
  /** A share of the training that leaves something of it on both sides. */
  private static final double SMALLEST_SHARE = 1e-6;

  private static final double LARGEST_SHARE = 0.999999;

  /** Reads all courses, so that a mistake in an idle one is reported too. */
  static ScheduleConfig read(ConfigReader reader) {
    ScheduleKind kind = reader.choice("schedule.kind", ScheduleKind.class);
    double end = reader.number("schedule.end", 0, 1);
    LearningRateSchedule step =
        new LearningRateSchedule.Step(
            milestones(reader), reader.number("schedule.step.factor", SMALLEST_SHARE, 1));
    LearningRateSchedule oneCycle =
        new LearningRateSchedule.OneCycle(
            reader.number("schedule.one-cycle.peak-at", SMALLEST_SHARE, LARGEST_SHARE),
            reader.number("schedule.one-cycle.start", 0, 1),
            end);
    LearningRateSchedule polynomial =
        new LearningRateSchedule.Polynomial(
            reader.number("schedule.polynomial.power", SMALLEST_SHARE, 100), end);
    LearningRateSchedule chosen =
        switch (kind) {
          case CONSTANT -> new LearningRateSchedule.Constant();
          case STEP -> step;
          case COSINE -> new LearningRateSchedule.Cosine(end);
          case ONE_CYCLE -> oneCycle;
          case POLYNOMIAL -> polynomial;
        };
    return new ScheduleConfig(
        chosen,
        reader.number("schedule.warm-up", 0, LARGEST_SHARE),
        reader.choice("schedule.scaling", RateScaling.class),
        reader.wholeNumber("schedule.scaling-images", 1, 100_000_000));
  }

  private static List<Double> milestones(ConfigReader reader) {
    String text =
        reader.text(
            "schedule.step.milestones",
            "numbers above 0 and below 1 with commas between them",
            ScheduleConfig::milestones);
    return milestones(text);
  }

  private static List<Double> milestones(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(ScheduleConfig::share)
        .toList();
  }

  private static double share(String text) {
    try {
      double share = Double.parseDouble(text);
      if (share > 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not a number".formatted(text), e);
    }
    throw new IllegalArgumentException("%s is not above 0 and below 1".formatted(text));
  }
}
