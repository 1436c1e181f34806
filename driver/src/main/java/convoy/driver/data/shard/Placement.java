package convoy.driver.data.shard;

/** Where the images of a split go, by their number in it. */
interface Placement {
  /** The number of the shard. */
  int shard(int image);

  /** The place in that shard, from 0. */
  int place(int image);
}
