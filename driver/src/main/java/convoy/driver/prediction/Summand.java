package convoy.driver.prediction;

import java.io.Serializable;

/** A value that tasks have parts of, which never changes and whose sum is one for any order. */
interface Summand<T> extends Serializable {
  /** This part and another. */
  T plus(T other);
}
