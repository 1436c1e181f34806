package convoy.worker.engine;

import java.io.Serializable;

/**
 * A graphics processor by its place.
 *
 * @param address its number on the machine, from 0, as the driver of the device counts
 * @param host the machine, for messages
 */
public record Gpu(int address, String host) implements Serializable {
  @Override
  public String toString() {
    return "GPU %d on %s".formatted(address, host);
  }
}
