package convoy.driver.monitoring.history;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of as many digits as a curve can show. */
final class Digits {
  private static final MathContext FIVE = new MathContext(5);

  private Digits() {}

  /** The value in five significant digits; null if it is not finite, which JSON cannot say. */
  static Double five(double value) {
    return Double.isFinite(value) ? (Double) new BigDecimal(value, FIVE).doubleValue() : null;
  }
}
