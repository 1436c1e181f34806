package convoy.driver.data.shard;

import convoy.worker.image.Split;
import java.io.Serializable;

/**
 * Names the shards of a deal.
 *
 * @param run a random name of what uses them, such as a training run
 * @param split whose images they hold
 * @param number of the deal in the run; a higher one replaces those before it
 */
record ShardSet(String run, Split split, int number) implements Serializable {}
