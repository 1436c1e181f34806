package convoy.driver.data.shard;

import convoy.driver.data.ImageSource;
import convoy.driver.data.Records;
import convoy.driver.data.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Reads slices image by image, and gathers the images of each shard into pieces. It gives a piece
 * as soon as it is full, so that it holds a few megabytes however large the slices are.
 */
final class PieceReader implements Iterator<Tuple2<Integer, ShardPiece>> {
  /** Of one piece: large enough that what Spark does for each record does not count. */
  private static final int PIECE_BYTES = 1 << 20;

  /** Of the pieces of all shards that are being filled, if each holds more than one image. */
  private static final int ALL_PIECES_BYTES = 16 << 20;

  private final ImageSource source;
  private final Configuration configuration;
  private final Placement placement;
  private final Iterator<Slice> slices;
  private final PieceBuilder[] builders;
  private final byte[] image;
  private final Queue<Tuple2<Integer, ShardPiece>> ready = new ArrayDeque<>();
  private Records records;
  private int next;

  /**
   * A reader for one task, which closes the file that is open when the task ends.
   *
   * @param shards how many there are
   */
  PieceReader(
      ImageSource source,
      List<Slice> slices,
      Configuration configuration,
      Placement placement,
      int shards) {
    this.source = source;
    this.configuration = configuration;
    this.placement = placement;
    this.slices = slices.iterator();
    this.image = new byte[source.set().storedShape().pixels()];
    int bytes = Math.min(PIECE_BYTES, ALL_PIECES_BYTES / shards);
    this.builders =
        Stream.generate(() -> new PieceBuilder(image.length, Math.max(1, bytes / image.length)))
            .limit(shards)
            .toArray(PieceBuilder[]::new);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && (records != null || slices.hasNext())) {
        read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, ShardPiece> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Reads one image, or goes on to the next slice, or ends. */
  private void read() throws IOException {
    if (records == null) {
      Slice slice = slices.next();
      records = source.records(slice, configuration);
      next = Math.toIntExact(slice.firstIndex());
    } else if (records.next(image)) {
      int shard = placement.shard(next);
      builders[shard].add(placement.place(next), records.label(), image);
      if (builders[shard].isFull()) {
        give(shard);
      }
      next++;
    } else {
      closeRecords();
      if (!slices.hasNext()) {
        giveAll();
      }
    }
  }

  private void give(int shard) {
    ready.add(new Tuple2<>(shard, builders[shard].take()));
  }

  private void giveAll() {
    for (int shard = 0; shard < builders.length; shard++) {
      if (!builders[shard].isEmpty()) {
        give(shard);
      }
    }
  }

  private void closeRecords() throws IOException {
    Records open = records;
    records = null;
    open.close();
  }

  private void close() {
    try {
      if (records != null) {
        closeRecords();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
