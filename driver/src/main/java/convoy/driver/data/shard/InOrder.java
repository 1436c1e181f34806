package convoy.driver.data.shard;

import convoy.driver.data.Slice;
import java.util.List;

/**
 * Images that stay in their order, all in one shard.
 *
 * @param first the number of the first image
 */
record InOrder(int first) implements Placement {
  /** The images of consecutive slices, from the first one on. */
  static InOrder of(List<Slice> slices) {
    return new InOrder(slices.isEmpty() ? 0 : Math.toIntExact(slices.get(0).firstIndex()));
  }

  @Override
  public int shard(int image) {
    return 0;
  }

  @Override
  public int place(int image) {
    return image - first;
  }
}
