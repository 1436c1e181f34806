package convoy.bench.pytorch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image set as {@code convoy data import} writes it, read without Convoy's own reader, so that a
 * mistake there shows as a difference.
 *
 * @param classes number of classes
 * @param margin pixels on each side of a stored image that its centre crop leaves out
 * @param normalization by the mean and deviation of the training images
 */
record TrainingSet(
    int classes,
    int margin,
    Normalization normalization,
    StoredImages training,
    StoredImages test) {
  private static final double WHITE = 255;

  /**
   * Reads {@code image-set.json} in {@code directory} and the files that it names.
   *
   * @throws IOException if one of them cannot be read, or the set has no training or test images
   */
  static TrainingSet read(Path directory) throws IOException {
    Path description = directory.resolve("image-set.json");
    if (!Files.isReadable(description)) {
      throw new IOException(
          "Cannot read %s: there is no such file (give a directory that convoy data import wrote)"
              .formatted(description));
    }
    try {
      return of(directory, new ObjectMapper().readTree(description.toFile()));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "Cannot read %s: %s (import the set anew)".formatted(description, e.getMessage()), e);
    }
  }

  private static TrainingSet of(Path directory, JsonNode set) throws IOException {
    JsonNode stored = set.required("storedShape");
    ImageShape shape =
        new ImageShape(
            stored.required("channels").asInt(),
            stored.required("height").asInt(),
            stored.required("width").asInt());
    int labelBytes = set.required("labelBytes").asInt();
    JsonNode pixels = set.required("trainingPixels");
    return new TrainingSet(
        set.required("classNames").size(),
        set.required("margin").asInt(),
        new Normalization(means(pixels), deviations(pixels)),
        StoredImages.read(files(directory, set, "training"), shape, labelBytes),
        StoredImages.read(files(directory, set, "test"), shape, labelBytes));
  }

  private static List<Path> files(Path directory, JsonNode set, String split) throws IOException {
    List<Path> files = new ArrayList<>();
    for (JsonNode file : set.required("files")) {
      if (file.required("split").asText().equals(split)) {
        files.add(directory.resolve(file.required("name").asText()));
      }
    }
    if (files.isEmpty()) {
      throw new IOException(
          "Cannot train on %s: it has no %s images (import a set with that split)"
              .formatted(directory, split));
    }
    return files;
  }

  private static float[] means(JsonNode pixels) {
    float[] means = new float[pixels.required("sums").size()];
    for (int c = 0; c < means.length; c++) {
      means[c] = (float) (mean(pixels, "sums", c) / WHITE);
    }
    return means;
  }

  private static float[] deviations(JsonNode pixels) {
    float[] deviations = new float[pixels.required("sums").size()];
    for (int c = 0; c < deviations.length; c++) {
      double mean = mean(pixels, "sums", c);
      double variance = mean(pixels, "squares", c) - mean * mean;
      // A channel without variation becomes 0, not infinite.
      deviations[c] = variance > 0 ? (float) (Math.sqrt(variance) / WHITE) : 1;
    }
    return deviations;
  }

  private static double mean(JsonNode pixels, String sums, int channel) {
    return pixels.required(sums).required(channel).asDouble()
        / pixels.required("pixelsPerChannel").asDouble();
  }
}
