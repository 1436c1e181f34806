package convoy.driver.ingest;

import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.data.Records;
import convoy.driver.data.Slice;
import convoy.worker.image.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Runs imports for tests and reads what they made. */
final class Imports {
  /** A record as it comes back; the pixels one character each. */
  record Image(int label, String pixels) {}

  private Imports() {}

  /** Imports {@code from} to {@code to}. */
  static ImportSummary run(LocalSpark spark, Path from, Path to, String... settings) {
    List<String> paths = List.of("import.from=" + from, "output.path=file://" + to);
    ConvoyConfig config = spark.config(paths, settings);
    SparkSession session = SparkSession.builder().sparkContext(spark.context().sc()).getOrCreate();
    return new ImportJob(session, config.imageImport(), config.output()).run();
  }

  /** The set in a directory. */
  static ImageSource open(Path set) {
    return ImageSources.open(new Configuration(), "file://" + set);
  }

  /** All records of a split, in order. */
  static List<Image> images(ImageSource source, Split split) {
    List<Image> images = new ArrayList<>();
    byte[] pixels = new byte[source.set().storedShape().pixels()];
    try {
      for (Slice slice : source.slices(split)) {
        try (Records records = source.records(slice, new Configuration())) {
          while (records.next(pixels)) {
            images.add(new Image(records.label(), new String(pixels, StandardCharsets.ISO_8859_1)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return images;
  }

  /** What lies in a folder, sorted. */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
