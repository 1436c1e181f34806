package convoy.bench.pytorch;

/**
 * The part of a stored image that a network sees: rows {@code top} to {@code top + height - 1},
 * columns {@code left} to {@code left + width - 1}. It is resized if it has another size than the
 * network's input, and black where it reaches beyond the image.
 */
record Crop(int top, int left, int height, int width) {}
