package convoy.driver.data;

import convoy.driver.failure.Shown;
import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code image-set.json} says, key by key. Splits and the fit are in lower case.
 *
 * @param format {@value #FORMAT}
 * @param formatVersion {@value #FORMAT_VERSION}
 * @param storedShape of every image
 * @param margin pixels on each side that training crops from
 * @param fit how pictures became images of the stored shape
 * @param classNames in label order
 * @param labelBytes the bytes of a label in the files, 1 or 2
 * @param files with their splits, in the order in which their records count
 * @param imagesPerClass in label order, by split
 * @param trainingPixels sums over the pixels of the training images
 * @param fingerprint as {@link ImageSetContents} has it
 * @param origin where the set comes from
 */
record ImageSetDescription(
    String format,
    int formatVersion,
    ImageShape storedShape,
    int margin,
    String fit,
    List<String> classNames,
    int labelBytes,
    List<DescribedFile> files,
    Map<String, List<Long>> imagesPerClass,
    PixelSums trainingPixels,
    String fingerprint,
    ImageSetOrigin origin) {
  /** The name of the file in the directory of the set. */
  static final String FILE = "image-set.json";

  /** What {@link #format} says. */
  static final String FORMAT = "convoy-image-set";

  /** The layout that this version writes, and the only one that it reads. */
  static final int FORMAT_VERSION = 1;

  /** A file of records. */
  record DescribedFile(String name, String split, long images) {}

  /** {@link PixelStatistics} by its integers; sums and squares are {@code [C]}. */
  record PixelSums(long pixelsPerChannel, List<Long> sums, List<Long> squares) {
    static PixelSums of(PixelStatistics pixels) {
      return new PixelSums(
          pixels.pixelsPerChannel(),
          Arrays.stream(pixels.sums()).boxed().toList(),
          Arrays.stream(pixels.squares()).boxed().toList());
    }

    PixelStatistics toStatistics() {
      return new PixelStatistics(pixelsPerChannel, array(sums), array(squares));
    }

    private static long[] array(List<Long> values) {
      return values.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** The description of a set that has been read. */
  static ImageSetDescription of(RecordFiles source) {
    ImageSet set = source.set();
    Map<String, List<Long>> imagesPerClass = new LinkedHashMap<>();
    set.contents()
        .imagesPerClass()
        .forEach((split, counts) -> imagesPerClass.put(lowerCase(split), counts));
    return new ImageSetDescription(
        FORMAT,
        FORMAT_VERSION,
        set.storedShape(),
        set.margin(),
        lowerCase(set.fit()),
        set.classNames(),
        source.layout().labelBytes(),
        source.files().stream()
            .map(file -> new DescribedFile(file.name(), lowerCase(file.split()), file.images()))
            .toList(),
        imagesPerClass,
        PixelSums.of(set.contents().training()),
        set.contents().fingerprint(),
        set.origin());
  }

  /**
   * The set that this describes.
   *
   * @param uri its directory
   * @throws IllegalArgumentException if the description lacks something or contradicts itself; the
   *     message is the reason
   */
  RecordFiles toSource(String uri) {
    requireParts();
    RecordFiles source =
        new RecordFiles(
            new ImageSet(
                uri,
                storedShape,
                margin,
                named(Fit.class, fit),
                classNames,
                contents(),
                origin == null ? ImageSetOrigin.UNKNOWN : origin),
            files.stream().map(ImageSetDescription::file).toList());
    require(
        labelBytes == source.layout().labelBytes(),
        "labels of %d classes take %d bytes, and it says %d"
            .formatted(classNames.size(), source.layout().labelBytes(), labelBytes));
    require(source.images(Split.TRAINING) > 0, "it has no training images");
    require(source.images(Split.TEST) > 0, "it has no test images");
    requireCounts(source);
    return source;
  }

  private void requireParts() {
    require(storedShape != null, "it has no storedShape");
    require(fit != null, "it has no fit");
    require(classNames != null && !classNames.isEmpty(), "it has no classNames");
    require(
        classNames.stream().noneMatch(name -> name == null || name.isEmpty()),
        "a class has no name");
    HashSet<String> seen = new HashSet<>();
    classNames.forEach(
        name ->
            require(seen.add(name), "it names the class \"%s\" twice".formatted(Shown.name(name))));
    require(files != null && !files.isEmpty(), "it names no files");
    require(imagesPerClass != null, "it has no imagesPerClass");
    require(
        trainingPixels != null && trainingPixels.sums() != null && trainingPixels.squares() != null,
        "it has no trainingPixels");
    require(
        fingerprint != null && fingerprint.matches("[0-9a-f]{64}"),
        "its fingerprint is \"%s\", which is not a SHA-256".formatted(fingerprint));
  }

  private ImageSetContents contents() {
    Map<Split, List<Long>> counts = new LinkedHashMap<>();
    imagesPerClass.forEach((split, images) -> counts.put(named(Split.class, split), images));
    return new ImageSetContents(counts, trainingPixels.toStatistics(), fingerprint);
  }

  private void requireCounts(RecordFiles source) {
    for (Split split : Split.values()) {
      List<Long> counts = source.set().contents().imagesPerClass(split);
      long images = source.images(split);
      require(
          counts.size() == (images == 0 ? 0 : classNames.size())
              && counts.stream().mapToLong(Long::longValue).sum() == images,
          "its files have %d %s images, and its classes %s"
              .formatted(images, lowerCase(split), Shown.name(counts.toString())));
    }
    long values = (long) storedShape.height() * storedShape.width() * source.images(Split.TRAINING);
    require(
        trainingPixels.pixelsPerChannel() == values
            && trainingPixels.sums().size() == storedShape.channels(),
        "its trainingPixels are not those of %d images of %s"
            .formatted(source.images(Split.TRAINING), storedShape));
  }

  private static RecordFile file(DescribedFile file) {
    String name = file.name();
    require(
        name != null && name.matches("[^./:\\p{Cntrl}][^/:\\p{Cntrl}]*"),
        "\"%s\" is not the name of a file beside it"
            .formatted(name == null ? "" : Shown.name(name)));
    require(file.images() > 0, "its file %s has %d images".formatted(name, file.images()));
    return new RecordFile(name, named(Split.class, file.split()), file.images());
  }

  private static <E extends Enum<E>> E named(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (lowerCase(constant).equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "it has no such %s as \"%s\""
            .formatted(type.getSimpleName().toLowerCase(Locale.ROOT), name));
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(reason);
    }
  }
}
