package convoy.driver.progress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as a line for people has them: with the digits that mean something. */
public final class Figures {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
  private static final double PERCENT = 100;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Figures() {}

  /** Three significant digits, such as {@code 1.43}, {@code 0.0123} or {@code 1,960}. */
  public static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
    return String.format(Locale.ROOT, "%,." + Math.max(0, decimals(rounded)) + "f", rounded);
  }

  /** A zero has no first digit to count from. */
  private static int decimals(BigDecimal value) {
    return value.signum() == 0 ? 0 : DIGITS.getPrecision() - value.precision() + value.scale();
  }

  /** A share of 0 to 1 as {@code 61.2 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
  }

  /** A count such as {@code 50,000}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A time in its two largest units, such as {@code 40 s}, {@code 4 min} or {@code 2 h 5 min}. */
  public static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 2 * MINUTE) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / MINUTE) * MINUTE;
    if (minutes < HOUR) {
      return minutes / MINUTE + " min";
    }
    return minutes < DAY
        ? "%d h %d min".formatted(minutes / HOUR, minutes % HOUR / MINUTE)
        : "%d d %d h".formatted(minutes / DAY, minutes % DAY / HOUR);
  }
}
