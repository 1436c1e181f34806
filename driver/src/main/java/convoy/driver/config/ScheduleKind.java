package convoy.driver.config;

/** The courses that a learning rate can take over a training. */
enum ScheduleKind {
  CONSTANT,
  STEP,
  COSINE,
  ONE_CYCLE,
  POLYNOMIAL
}
