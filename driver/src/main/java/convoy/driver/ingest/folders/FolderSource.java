package convoy.driver.ingest.folders;

import convoy.driver.failure.Shown;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.files.ListedFile;
import convoy.driver.ingest.picture.ClassLabels;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.LabelledFile;
import convoy.driver.ingest.picture.Leftovers;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.SplitWords;
import convoy.worker.image.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder for each class, at the top or under a folder for each split. What lies in or below a
 * class's folder is its pictures, whatever their names are, except for what macOS and Windows leave
 * behind; text files and the like beside the folders are passed over.
 */
public final class FolderSource {
  private final Configuration configuration;
  private final String source;

  /** Reads {@code source}, as the user named it. */
  public FolderSource(Configuration configuration, String source) {
    this.configuration = configuration;
    this.source = source;
  }

  /**
   * The pictures in the folders of a directory, in the order of (split, location).
   *
   * @throws convoy.driver.failure.UserException if its folders are not those of classes
   */
  public FoundPictures find(String location) throws IOException {
    Map<Split, Map<String, List<ListedFile>>> classes = new EnumMap<>(Split.class);
    for (Map.Entry<Split, String> split : splits(location).entrySet()) {
      classes.put(split.getKey(), classes(split.getValue(), split.getKey()));
    }
    SortedSet<String> names = new TreeSet<>();
    classes.values().forEach(ofSplit -> names.addAll(ofSplit.keySet()));
    List<String> classNames = List.copyOf(names);
    Map<String, Integer> labels = ClassLabels.of(classNames);
    List<LabelledFile> files = new ArrayList<>();
    classes.forEach(
        (split, ofSplit) -> {
          List<LabelledFile> pictures = new ArrayList<>();
          ofSplit.forEach(
              (name, listed) ->
                  listed.forEach(
                      file -> pictures.add(new LabelledFile(file, labels.get(name), split))));
          pictures.sort(Comparator.comparing(picture -> picture.file().location()));
          files.addAll(pictures);
        });
    return FoundPictures.of(classNames, classes.keySet(), files);
  }

  /** The folder of each split; the whole is for training where there are none. */
  private Map<Split, String> splits(String location) throws IOException {
    List<String> others = new ArrayList<>();
    Map<Split, String> splits = new EnumMap<>(Split.class);
    Map<Split, String> words = new EnumMap<>(Split.class);
    for (DirectoryEntry folder : folders(location)) {
      Split split = SplitWords.of(folder.name()).orElse(null);
      if (split == null) {
        others.add(folder.name());
        continue;
      }
      splits.put(split, folder.location());
      String other = words.put(split, folder.name());
      if (other != null) {
        throw Refusal.of(
            source,
            "it holds both %s/ and %s/, which mean the same (merge them into one folder)",
            Shown.name(other),
            Shown.name(folder.name()));
      }
    }
    if (splits.isEmpty()) {
      return Map.of(Split.TRAINING, location);
    }
    if (!others.isEmpty()) {
      throw Refusal.of(
          source,
          "beside the folder %s/ of a split it holds the folder %s/ (put the folders of classes"
              + " either at the top or into those of splits, or give --kind)",
          Shown.name(words.values().iterator().next()),
          Shown.name(others.get(0)));
    }
    if (!splits.containsKey(Split.TRAINING)) {
      throw Refusal.of(
          source,
          "it holds %s/ but no train/ (put the pictures for training into train/)",
          words.values().iterator().next());
    }
    return splits;
  }

  /** The files of each class below a folder. */
  private Map<String, List<ListedFile>> classes(String location, Split split) throws IOException {
    Map<String, List<ListedFile>> classes = new TreeMap<>();
    for (DirectoryEntry folder : folders(location)) {
      List<ListedFile> files =
          FileListing.below(configuration, folder.location()).stream()
              .filter(file -> !Leftovers.contain(file, location))
              .toList();
      if (files.isEmpty()) {
        throw Refusal.of(
            source,
            "the folder of class %s for %s is empty: %s (add pictures or delete the folder)",
            Shown.name(folder.name()),
            split.word(),
            Shown.path(FileListing.path(folder.location())));
      }
      classes.put(folder.name(), files);
    }
    return classes;
  }

  /** The folders in a folder, in which no pictures may lie beside them. */
  private List<DirectoryEntry> folders(String location) throws IOException {
    List<DirectoryEntry> folders = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    for (DirectoryEntry entry : FileListing.in(configuration, location)) {
      if (Leftovers.isOne(entry.name())) {
        continue;
      }
      if (entry.isDirectory()) {
        folders.add(entry);
      } else if (FileNames.isPicture(entry.name())) {
        pictures.add(entry.name());
      }
    }
    String folder = Shown.path(FileListing.path(location));
    if (!pictures.isEmpty()) {
      throw Refusal.of(
          source,
          "pictures lie directly in %s and not in the folder of a class, %d of them, the first is"
              + " %s (put each into the folder of its class)",
          folder,
          pictures.size(),
          Shown.name(pictures.get(0)));
    }
    if (folders.isEmpty()) {
      throw Refusal.of(
          source,
          "%s holds no folders (a folder for each class was expected, or train/ and test/ with"
              + " these in them)",
          folder);
    }
    return folders;
  }
}
