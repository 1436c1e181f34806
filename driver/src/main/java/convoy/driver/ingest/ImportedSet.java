package convoy.driver.ingest;

import convoy.driver.data.DescribedDirectory;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetOrigin;
import convoy.driver.data.RecordFile;
import convoy.driver.data.RecordFiles;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.SplitWords;
import convoy.driver.provenance.Versions;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The image set that the tasks have written, until it is described and published. */
final class ImportedSet {
  private final String location;
  private final FoundPictures found;
  private final ImportPlan plan;
  private final List<TaskReport> reports;
  private final ClassCounts images;
  private final Rejections rejections;

  /**
   * What tasks have written.
   *
   * @param location where the set will be, a URI
   * @param reports in the order of the tasks
   */
  ImportedSet(String location, FoundPictures found, ImportPlan plan, List<TaskReport> reports) {
    this.location = location;
    this.found = found;
    this.plan = plan;
    this.reports = reports;
    this.images = new ClassCounts(found.classNames().size());
    reports.forEach(task -> task.parts().forEach(part -> part.addTo(images)));
    this.rejections = Rejections.of(reports);
  }

  /**
   * Checks that pictures enough could be read, and that every class has some in every split.
   *
   * @throws UserException if not
   */
  void require(ImportSpec spec) {
    long read = read();
    double share = (double) rejections.count() / read;
    if (share > spec.maxRejectedShare()) {
      throw new UserException(
          ExitCode.UNREADABLE_IMAGES,
          String.format(
              Locale.ROOT,
              "Cannot import %s: %,d of %,d pictures are unreadable, a share of %.3f above the %s"
                  + " that import.max-rejected-share allows: %s, the first %s (repair or delete"
                  + " them, or allow more)",
              spec.from(),
              rejections.count(),
              read,
              share,
              spec.maxRejectedShare(),
              rejections.byCode(),
              rejections.first()));
    }
    images.requireEveryClass(splits(found, spec), found.classNames(), spec.from());
  }

  /** The splits that the set is to have. */
  static Set<Split> splits(FoundPictures found, ImportSpec spec) {
    Set<Split> splits = EnumSet.of(Split.TRAINING, Split.TEST);
    splits.addAll(found.given());
    if (spec.validationShare() > 0) {
      splits.add(Split.VALIDATION);
    }
    return splits;
  }

  private long read() {
    long kept = 0;
    for (Split split : images.splits()) {
      kept += images.total(split);
    }
    return kept + rejections.count();
  }

  /** Gives the files of the attempts that succeeded their names, and deletes all others. */
  void keepFiles(UnpublishedDirectory files) throws IOException {
    Set<String> kept = new HashSet<>();
    for (TaskReport task : reports) {
      for (PartReport part : task.parts()) {
        String name = fileName(task, part.split());
        files.rename(task.directory() + "/" + TaskFiles.records(part.split()), name);
        kept.add(name);
      }
      if (!task.parts().isEmpty()) {
        keepTable(task, TaskFiles.PICTURES, files);
        kept.add(TaskFiles.PICTURES);
      }
      if (!task.firstRejected().isEmpty()) {
        keepTable(task, TaskFiles.REJECTED, files);
        kept.add(TaskFiles.REJECTED);
      }
    }
    files.deleteAllBut(kept);
  }

  private static void keepTable(TaskReport task, String table, UnpublishedDirectory files)
      throws IOException {
    files.rename(
        task.directory() + "/" + TaskFiles.table(table),
        String.format(Locale.ROOT, "%s/part-%05d.csv", table, task.number()));
  }

  private static String fileName(TaskReport task, Split split) {
    return String.format(Locale.ROOT, "%s-%05d.bin", SplitWords.word(split), task.number());
  }

  /** Writes the description. */
  void describe(ImportSpec spec, ImportKind kind, Copies copies, UnpublishedDirectory files)
      throws IOException {
    ImageSetOrigin origin =
        new ImageSetOrigin(
            spec.from(),
            kind.word(),
            settings(spec),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Versions.all(),
            read(),
            copies.count(),
            rejections.count());
    ImageSet set =
        new ImageSet(
            location,
            plan.storedShape(),
            plan.margin(),
            plan.fit(),
            found.classNames(),
            contents(),
            origin);
    DescribedDirectory.describe(new RecordFiles(set, recordFiles()), files);
  }

  private ImageSetContents contents() {
    PixelStatistics training = PixelStatistics.empty(plan.storedShape().channels());
    StringBuilder digests = new StringBuilder();
    for (Split split : Split.values()) {
      for (TaskReport task : reports) {
        for (PartReport part : task.parts()) {
          if (part.split() == split) {
            List.of(part.sliceDigests()).forEach(digest -> digests.append(digest).append('\n'));
            training = split == Split.TRAINING ? training.plus(part.pixels()) : training;
          }
        }
      }
    }
    byte[] fingerprint = Sha256.of(digests.toString().getBytes(StandardCharsets.UTF_8));
    return new ImageSetContents(images.perClass(), training, HexFormat.of().formatHex(fingerprint));
  }

  private List<RecordFile> recordFiles() {
    List<RecordFile> files = new ArrayList<>();
    for (Split split : Split.values()) {
      for (TaskReport task : reports) {
        for (PartReport part : task.parts()) {
          if (part.split() == split) {
            files.add(new RecordFile(fileName(task, split), split, part.count()));
          }
        }
      }
    }
    return files;
  }

  private static Map<String, String> settings(ImportSpec spec) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("import.labels", spec.labels().name().toLowerCase(Locale.ROOT));
    settings.put("import.validation-share", Double.toString(spec.validationShare()));
    settings.put("import.test-share", Double.toString(spec.testShare()));
    settings.put("import.seed", Long.toString(spec.seed()));
    settings.put("import.max-pixels", Long.toString(spec.maxPixels()));
    return settings;
  }

  /** What the import came to. */
  ImportSummary summary(Copies copies) {
    return new ImportSummary(
        location, plan.storedShape(), found.classNames(), images.perClass(), copies, rejections);
  }
}
