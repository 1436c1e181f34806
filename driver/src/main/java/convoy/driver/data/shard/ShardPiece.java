package convoy.driver.data.shard;

/**
 * Some images of one shard, on their way from the files to the executor that puts the shard
 * together.
 *
 * @param places where each image stands in the shard, {@code [n]}
 * @param labels uint16 {@code [n]}
 * @param pixels the images, uint8 {@code [n][C][H][W]}
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, written once and read once; never compared.
record ShardPiece(int[] places, char[] labels, byte[] pixels) {}
