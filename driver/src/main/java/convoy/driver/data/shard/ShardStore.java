package convoy.driver.data.shard;

import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.ShardFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The shards that tasks of this process have built, for the tasks that come after them. It is a
 * cache and no more: whoever does not find a shard here builds it again, to the same bytes.
 *
 * <p>A newer deal of a run takes the place of the older ones of the same split, and another run
 * takes the place of all others. A shard that a task uses is closed only after that task.
 */
final class ShardStore {
  private static final ShardStore OF_THIS_PROCESS = new ShardStore();

  private final Map<Key, Entry> entries = new HashMap<>();

  /** Puts a shard together. */
  @FunctionalInterface
  interface Builder {
    /** The shard; whoever asks for it closes it. */
    ShardFile build() throws IOException;
  }

  /** A shard that is in use. Closing it ends the use, and does no harm twice. */
  interface Use extends AutoCloseable {
    ImageShard shard();

    @Override
    void close() throws IOException;
  }

  private record Key(ShardSet set, int partition) {}

  static ShardStore ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * The shard of a partition: the one that is here, or else a new one, which then is here for
   * others. Two tasks that ask at the same time may both build it; then each uses its own, and one
   * of them is kept.
   */
  Use use(ShardSet set, int partition, Builder builder) throws IOException {
    Key key = new Key(set, partition);
    Optional<Use> found = find(key);
    return found.isPresent() ? found.get() : offer(key, new Entry(builder.build()));
  }

  /** Forgets a shard, so that the next task builds it again. */
  synchronized void forget(ShardSet set, int partition) throws IOException {
    Entry entry = entries.remove(new Key(set, partition));
    if (entry != null) {
      entry.retire();
    }
  }

  /** Forgets all shards of a run. */
  synchronized void forget(String run) throws IOException {
    for (Iterator<Map.Entry<Key, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Key, Entry> one = all.next();
      if (one.getKey().set().run().equals(run)) {
        all.remove();
        one.getValue().retire();
      }
    }
  }

  private synchronized Optional<Use> find(Key key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::use);
  }

  private synchronized Use offer(Key key, Entry built) throws IOException {
    Use use = built.use();
    boolean late =
        entries.keySet().stream().anyMatch(other -> other.equals(key) || replaces(other, key));
    if (late) {
      built.retire();
      return use;
    }
    for (Iterator<Map.Entry<Key, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Key, Entry> one = all.next();
      if (!one.getKey().set().run().equals(key.set().run()) || replaces(key, one.getKey())) {
        all.remove();
        one.getValue().retire();
      }
    }
    entries.put(key, built);
    return use;
  }

  private static boolean replaces(Key newer, Key older) {
    return newer.set().run().equals(older.set().run())
        && newer.set().split() == older.set().split()
        && newer.set().number() > older.set().number();
  }

  /** A shard with the number of its users. */
  private static final class Entry {
    private final ShardFile shard;
    private int users;
    private boolean retired;

    Entry(ShardFile shard) {
      this.shard = shard;
    }

    synchronized Use use() {
      users++;
      return new Use() {
        private boolean ended;

        @Override
        public ImageShard shard() {
          return shard;
        }

        @Override
        public void close() throws IOException {
          if (!ended) {
            ended = true;
            end();
          }
        }
      };
    }

    synchronized void retire() throws IOException {
      retired = true;
      closeIfUnused();
    }

    private synchronized void end() throws IOException {
      users--;
      closeIfUnused();
    }

    private void closeIfUnused() throws IOException {
      if (retired && users == 0) {
        shard.close();
      }
    }
  }
}
