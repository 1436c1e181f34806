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
import convoy.driver.provenance.Versions;
import convoy.driver.store.Sha256;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    Set<Split> splits = splits(found, spec);
    new UnreadableClasses(found, images, reports).requireNone(splits, spec.from());
    images.requireEveryClass(splits, found.classNames(), spec.from());
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
        String name = new RecordsFile(task, part).name();
        files.rename(task.directory() + "/" + TaskFiles.records(part.split()), name);
        kept.add(name);
      }
      if (!task.parts().isEmpty()) {
        keepTable(task, TaskFiles.PICTURES, files);
        kept.add(TaskFiles.PICTURES);
      }
      if (!task.rejected().isEmpty()) {
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
    List<RecordsFile> files = files();
    String digests =
        files.stream()
            .flatMap(file -> file.part().sliceDigests().stream())
            .map(digest -> digest + "\n")
            .collect(Collectors.joining());
    PixelStatistics training =
        files.stream()
            .filter(file -> file.part().split() == Split.TRAINING)
            .map(file -> file.part().pixels())
            .reduce(PixelStatistics.empty(plan.storedShape().channels()), PixelStatistics::plus);
    byte[] fingerprint = Sha256.of(digests.getBytes(StandardCharsets.UTF_8));
    return new ImageSetContents(images.perClass(), training, HexFormat.of().formatHex(fingerprint));
  }

  private List<RecordFile> recordFiles() {
    return files().stream()
        .map(file -> new RecordFile(file.name(), file.part().split(), file.part().count()))
        .toList();
  }

  /** All files of records in the order of the set: by split, then by task. */
  private List<RecordsFile> files() {
    return Arrays.stream(Split.values())
        .flatMap(split -> reports.stream().flatMap(task -> files(task, split)))
        .toList();
  }

  private static Stream<RecordsFile> files(TaskReport task, Split split) {
    return task.parts().stream()
        .filter(part -> part.split() == split)
        .map(part -> new RecordsFile(task, part));
  }

  /** A file of records and the task that wrote it. */
  private record RecordsFile(TaskReport task, PartReport part) {
    /** Its name in the directory of the set. */
    String name() {
      return String.format(Locale.ROOT, "%s-%05d.bin", part.split().word(), task.number());
    }
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
