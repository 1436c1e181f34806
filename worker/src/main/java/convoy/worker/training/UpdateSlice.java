package convoy.worker.training;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One slice of what a replica returns from a round: the unit that the executors exchange. All else
 * in the update, its weight among it, is with each slice.
 *
 * @param slice the number of the slice, from 0
 * @param replica the number of the replica that it is from, from 0
 * @param update the replica's update, its state being the slice
 */
public record UpdateSlice(int slice, int replica, ReplicaUpdate update) {
  /**
   * An update in slices, each copied when it is asked for. One that saw no example weighs nothing:
   * of it there is slice 0 alone, without a state, so that it is still heard of.
   *
   * @param replica the number of the replica it is from, from 0
   * @param slices how many, 1 or more
   */
  public static Iterator<UpdateSlice> cut(int replica, ReplicaUpdate update, int slices) {
    if (update.examples() == 0) {
      return List.of(new UpdateSlice(0, replica, update.withoutState())).iterator();
    }
    return IntStream.range(0, slices)
        .mapToObj(
            slice ->
                new UpdateSlice(
                    slice,
                    replica,
                    update.withState(StateSlices.slice(update.state(), slice, slices))))
        .iterator();
  }
}
