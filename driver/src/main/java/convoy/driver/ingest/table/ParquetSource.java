package convoy.driver.ingest.table;

import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.ClassLabels;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.PictureTask;
import convoy.worker.image.Split;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Parquet files that hold pictures in a column {@code content}; one task a row group. */
final class ParquetSource {
  private ParquetSource() {}

  /**
   * The pictures of the files, in the order of the files' names and of the rows.
   *
   * @param source what messages call the table
   * @throws convoy.driver.failure.UserException if a row lacks a label
   */
  static FoundPictures find(String source, List<TablePart> parts, List<PartContents> contents) {
    RowCheck check = new RowCheck(source);
    Set<String> names = new TreeSet<>();
    for (PartContents part : contents) {
      for (TableRow row : part.rows()) {
        check.requireLabel(row, "a picture");
        names.add(row.label());
      }
    }
    List<String> classNames = List.copyOf(names);
    Map<String, Integer> labels = ClassLabels.of(classNames);
    Set<Split> given = EnumSet.noneOf(Split.class);
    ClassCounts listed = new ClassCounts(classNames.size());
    List<PictureTask> tasks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (TableRow row : contents.get(i).rows()) {
        Split split = RowCheck.split(row, parts.get(i).split());
        given.add(split);
        listed.add(split, labels.get(row.label()), row.count());
      }
      addTasks(tasks, parts.get(i), contents.get(i));
    }
    return new FoundPictures(classNames, given, listed, tasks);
  }

  private static void addTasks(List<PictureTask> tasks, TablePart part, PartContents contents) {
    long first = 0;
    for (int group = 0; group < contents.rowGroups().size(); group++) {
      long rows = contents.rowGroups().get(group);
      tasks.add(new ParquetTask(part, group, first, rows, contents.heading()));
      first += rows;
    }
  }
}
