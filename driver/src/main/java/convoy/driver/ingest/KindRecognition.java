package convoy.driver.ingest;

import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.cifar.CifarLayout;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.Leftovers;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.SplitWords;
import convoy.driver.ingest.tar.TarArchive;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Recognises the kind of a source by the names of its files; of an archive, by the first file whose
 * name is that of a picture or of CIFAR.
 */
final class KindRecognition {
  private final Configuration configuration;
  private final String source;

  /** Looks at {@code source}, as the user named it. */
  KindRecognition(Configuration configuration, String source) {
    this.configuration = configuration;
    this.source = source;
  }

  /**
   * The kind of what lies at a location.
   *
   * @throws convoy.driver.failure.UserException if it looks like none
   */
  ImportKind of(String location) throws IOException {
    List<DirectoryEntry> entries = FileListing.in(configuration, location);
    boolean single = entries.size() == 1 && entries.get(0).location().equals(location);
    return (single ? ofFile(entries.get(0)) : ofFolder(entries))
        .orElseThrow(
            () ->
                Refusal.of(
                    source,
                    "it is not recognised as an image set (give a folder with a folder for each"
                        + " class, a .csv, .json or .parquet table, .tar archives, or CIFAR's"
                        + " binary version; or give --kind)"));
  }

  private Optional<ImportKind> ofFile(DirectoryEntry file) throws IOException {
    if (FileNames.isTable(file.name())) {
      return Optional.of(ImportKind.TABLE);
    }
    return FileNames.isArchive(file.name()) ? Optional.of(ofArchive(file)) : Optional.empty();
  }

  private ImportKind ofArchive(DirectoryEntry file) throws IOException {
    ImportKind[] kind = {ImportKind.TAR};
    try (InputStream in = FileListing.open(configuration, file.location())) {
      new TarArchive(source)
          .read(
              in,
              (path, content) -> {
                String name = path.substring(path.lastIndexOf('/') + 1);
                Optional<ImportKind> cifar = ofCifar(name);
                cifar.ifPresent(found -> kind[0] = found);
                return cifar.isEmpty() && !FileNames.isPicture(name);
              });
    }
    return kind[0];
  }

  private Optional<ImportKind> ofFolder(List<DirectoryEntry> entries) throws IOException {
    List<DirectoryEntry> files = entries.stream().filter(entry -> !entry.isDirectory()).toList();
    List<DirectoryEntry> folders =
        entries.stream()
            .filter(entry -> entry.isDirectory() && !Leftovers.isOne(entry.name()))
            .toList();
    for (DirectoryEntry file : files) {
      Optional<ImportKind> cifar = ofCifar(file.name());
      if (cifar.isPresent()) {
        return cifar;
      }
    }
    if (holdsArchive(files) || areSplitsOfArchives(folders)) {
      return Optional.of(ImportKind.TAR);
    }
    if (folders.isEmpty() && files.stream().anyMatch(file -> FileNames.isTable(file.name()))) {
      return Optional.of(ImportKind.TABLE);
    }
    boolean pictures = files.stream().anyMatch(file -> FileNames.isPicture(file.name()));
    return !folders.isEmpty() || pictures ? Optional.of(ImportKind.FOLDERS) : Optional.empty();
  }

  private static boolean holdsArchive(List<DirectoryEntry> files) {
    return files.stream()
        .anyMatch(file -> FileNames.isArchive(file.name()) && !Leftovers.isOne(file.name()));
  }

  /** Whether each folder is a split's, with archives in some, and no folders or pictures in any. */
  private boolean areSplitsOfArchives(List<DirectoryEntry> folders) throws IOException {
    if (!folders.stream().allMatch(folder -> SplitWords.of(folder.name()).isPresent())) {
      return false;
    }
    List<DirectoryEntry> entries = new ArrayList<>();
    for (DirectoryEntry folder : folders) {
      entries.addAll(FileListing.in(configuration, folder.location()));
    }
    entries.removeIf(entry -> Leftovers.isOne(entry.name()));
    return holdsArchive(entries)
        && entries.stream()
            .noneMatch(entry -> entry.isDirectory() || FileNames.isPicture(entry.name()));
  }

  private static Optional<ImportKind> ofCifar(String name) {
    for (CifarLayout layout : CifarLayout.values()) {
      if (layout.split(name).isPresent() || layout.namesFile().equals(name)) {
        return Optional.of(
            layout == CifarLayout.CIFAR_10 ? ImportKind.CIFAR_10 : ImportKind.CIFAR_100);
      }
    }
    return Optional.empty();
  }
}
