package convoy.worker.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * One slice of the state, averaged over the replicas; slice 0 also has the figures of the replicas.
 *
 * @param state the averaged slice
 * @param spread of the replicas around it
 * @param updates with slice 0, the updates of all replicas in their order, without states; else
 *     none
 */
public record SliceAverage(TrainingState state, ReplicaSpread spread, List<ReplicaUpdate> updates) {
  /**
   * The average of a slice: slice s of what {@link ReplicaAverage} makes of the whole updates, bit
   * for bit.
   *
   * @param slice its number, from 0
   * @param parts of all replicas that have it, in any order: a shuffle keeps none
   */
  public static SliceAverage of(int slice, Iterator<UpdateSlice> parts) {
    List<UpdateSlice> ordered = new ArrayList<>();
    parts.forEachRemaining(ordered::add);
    ordered.sort(Comparator.comparingInt(UpdateSlice::replica));
    List<ReplicaUpdate> updates = ordered.stream().map(UpdateSlice::update).toList();
    List<ReplicaUpdate> told =
        slice == 0 ? updates.stream().map(ReplicaUpdate::withoutState).toList() : List.of();
    TrainingState average = ReplicaAverage.of(updates);
    return new SliceAverage(average, ReplicaSpread.of(updates, average), told);
  }
}
