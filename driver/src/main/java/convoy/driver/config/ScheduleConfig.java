package convoy.driver.config;

import convoy.driver.training.plan.RateScaling;
import convoy.worker.training.LearningRateSchedule;
import java.util.Arrays;
import java.util.List;

/**
 * The course of the learning rate over a training run.
 *
 * @param course from the end of the warm-up to the end of the training
 * @param warmUp share of the training run in which the rate first rises from 0, 0 to 0.999999
 * @param scaling how the peak rate follows the global minibatch
 * @param scalingImages global minibatch for which the optimizer's learning rate is meant, 1 or more
 */
public record ScheduleConfig(
    LearningRateSchedule course, double warmUp, RateScaling scaling, int scalingImages) {
  /** A share of the training run, neither its beginning nor its end. */
  private static final double SMALLEST_SHARE = 1e-6;

  private static final double LARGEST_SHARE = 0.999999;

  /** Reads all courses, so that a mistake in an idle one is reported too. */
  static ScheduleConfig read(ConfigReader reader) {
    ScheduleKind kind = reader.key("schedule.kind").decidesResult().choice(ScheduleKind.class);
    double end =
        reader
            .key("schedule.end")
            .decidesResultIf(
                kind == ScheduleKind.COSINE
                    || kind == ScheduleKind.ONE_CYCLE
                    || kind == ScheduleKind.POLYNOMIAL)
            .number(0, 1);
    LearningRateSchedule step = step(reader, kind == ScheduleKind.STEP);
    LearningRateSchedule oneCycle = oneCycle(reader, kind == ScheduleKind.ONE_CYCLE, end);
    LearningRateSchedule polynomial =
        new LearningRateSchedule.Polynomial(
            reader
                .key("schedule.polynomial.power")
                .decidesResultIf(kind == ScheduleKind.POLYNOMIAL)
                .number(SMALLEST_SHARE, 100),
            end);
    LearningRateSchedule chosen =
        switch (kind) {
          case CONSTANT -> new LearningRateSchedule.Constant();
          case STEP -> step;
          case COSINE -> new LearningRateSchedule.Cosine(end);
          case ONE_CYCLE -> oneCycle;
          case POLYNOMIAL -> polynomial;
        };
    double warmUp = reader.key("schedule.warm-up").decidesResult().number(0, LARGEST_SHARE);
    RateScaling scaling = reader.key("schedule.scaling").decidesResult().choice(RateScaling.class);
    int scalingImages =
        reader
            .key("schedule.scaling-images")
            .decidesResultIf(scaling != RateScaling.NONE)
            .wholeNumber(1, 100_000_000);
    return new ScheduleConfig(chosen, warmUp, scaling, scalingImages);
  }

  /** Whether the learning rate of a step depends on how many steps there are in all. */
  boolean dependsOnLength() {
    return !(course instanceof LearningRateSchedule.Constant) || warmUp > 0;
  }

  private static LearningRateSchedule step(ConfigReader reader, boolean used) {
    return new LearningRateSchedule.Step(
        reader
            .key("schedule.step.milestones")
            .decidesResultIf(used)
            .text(
                "numbers above 0 and below 1 with commas between them", ScheduleConfig::milestones),
        reader.key("schedule.step.factor").decidesResultIf(used).number(SMALLEST_SHARE, 1));
  }

  private static LearningRateSchedule oneCycle(ConfigReader reader, boolean used, double end) {
    return new LearningRateSchedule.OneCycle(
        reader
            .key("schedule.one-cycle.peak-at")
            .decidesResultIf(used)
            .number(SMALLEST_SHARE, LARGEST_SHARE),
        reader.key("schedule.one-cycle.start").decidesResultIf(used).number(0, 1),
        end);
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
