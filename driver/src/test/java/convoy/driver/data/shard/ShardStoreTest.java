package convoy.driver.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.ShardFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardStoreTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
  private static final ShardSet FIRST = new ShardSet("run", Split.TRAINING, 0);

  @TempDir Path directory;
  private final ShardStore store = new ShardStore();
  private int built;

  /** A shard of one image whose label tells the shards apart. */
  private ShardFile build() throws IOException {
    built++;
    ShardFile shard = ShardFile.create(directory, SHAPE, 1);
    shard.put(0, built, new byte[6], 0);
    return shard;
  }

  private ShardStore.Use use(ShardSet set, int partition) throws IOException {
    return store.use(set, partition, this::build);
  }

  private static void assertOpen(ImageShard shard) {
    shard.read(0, new byte[6]);
  }

  private static void assertClosed(ImageShard shard) {
    assertThatThrownBy(() -> shard.read(0, new byte[6])).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void shard_isBuiltOnce_andStaysBetweenItsUses() throws IOException {
    ShardStore.Use first = use(FIRST, 0);
    first.close();
    ShardStore.Use second = use(FIRST, 0);

    assertThat(second.shard()).isSameAs(first.shard());
    assertThat(built).isEqualTo(1);
    assertOpen(second.shard());
  }

  @Test
  void newerDeal_closesTheOlderOne_butNotWhatIsInUse() throws IOException {
    ShardStore.Use inUse = use(FIRST, 0);
    ShardStore.Use idle = use(FIRST, 1);
    idle.close();

    use(new ShardSet("run", Split.TRAINING, 1), 0);

    assertClosed(idle.shard());
    assertOpen(inUse.shard());
    inUse.close();
    assertClosed(inUse.shard());
  }

  @Test
  void otherSplitsOfTheRun_stay() throws IOException {
    ShardStore.Use test = use(new ShardSet("run", Split.TEST, 0), 0);
    test.close();

    use(new ShardSet("run", Split.TRAINING, 7), 0);

    assertOpen(test.shard());
  }

  @Test
  void anotherRun_takesThePlaceOfAllShards() throws IOException {
    ShardStore.Use old = use(new ShardSet("run", Split.TEST, 0), 0);
    old.close();

    use(new ShardSet("another", Split.TRAINING, 0), 0);

    assertClosed(old.shard());
  }

  @Test
  void stragglerOfAnOlderDeal_hasItsShardToItself_andDrivesNothingOut() throws IOException {
    ShardStore.Use newer = use(new ShardSet("run", Split.TRAINING, 1), 0);
    newer.close();

    ShardStore.Use straggler = use(FIRST, 0);

    assertOpen(straggler.shard());
    assertOpen(newer.shard());
    straggler.close();
    assertClosed(straggler.shard());
  }

  @Test
  void twoTasksThatBuildTheSameShard_eachUseTheirOwn_andOneIsKept() throws IOException {
    ShardStore.Use[] inner = new ShardStore.Use[1];
    ShardStore.Use outer =
        store.use(
            FIRST,
            0,
            () -> {
              inner[0] = use(FIRST, 0);
              return build();
            });

    assertThat(outer.shard()).isNotSameAs(inner[0].shard());
    assertOpen(outer.shard());
    assertOpen(inner[0].shard());
    outer.close();
    inner[0].close();
    assertClosed(outer.shard());
    assertThat(use(FIRST, 0).shard()).isSameAs(inner[0].shard());
  }

  @Test
  void useThatIsEndedTwice_endsOnce() throws IOException {
    ShardStore.Use one = use(FIRST, 0);
    ShardStore.Use other = use(FIRST, 0);
    one.close();
    one.close();

    store.forget("run");

    assertOpen(other.shard());
    other.close();
    assertClosed(other.shard());
  }

  @Test
  void forgottenShard_isBuiltAgain() throws IOException {
    use(FIRST, 0).close();
    store.forget(FIRST, 0);

    use(FIRST, 0).close();

    assertThat(built).isEqualTo(2);
  }
}
