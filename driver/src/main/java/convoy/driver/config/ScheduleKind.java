package convoy.driver.config;

/** The courses that a learning rate can take over a training run. */
enum ScheduleKind {
  CONSTANT,
  STEP,
  COSINE,
  ONE_CYCLE,
  POLYNOMIAL
}
