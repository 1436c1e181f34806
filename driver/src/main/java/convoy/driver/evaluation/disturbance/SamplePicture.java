package convoy.driver.evaluation.disturbance;

/**
 * An image of the split to look at.
 *
 * @param number of the image in its split, from 0
 * @param label of its class
 * @param pixels of the part that the network sees, uint8 {@code [3][H][W]}
 */
@SuppressWarnings("ArrayRecordComponent") // Wire type: compared by nobody.
record SamplePicture(long number, int label, byte[] pixels) {}
