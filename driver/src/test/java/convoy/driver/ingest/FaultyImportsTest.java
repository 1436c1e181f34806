package convoy.driver.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import convoy.driver.LocalSpark;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultyImportsTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource({"folders", "tables", "tars", "cifars", "settings", "unrecognised", "oddNames"})
  void import_ofWhatIsFaulty_failsInOneLineAndLeavesNothing(Fault fault) {
    fault.making().accept(directory);
    List<String> before = Imports.names(directory);
    List<String> settings = new ArrayList<>(List.of("import.size=8"));
    settings.addAll(fault.settings());

    Throwable thrown =
        catchThrowable(
            () ->
                Imports.run(
                    SPARK,
                    directory.resolve(fault.from()),
                    directory.resolve("set"),
                    settings.toArray(new String[0])));

    assertThat(thrown).isInstanceOf(UserException.class);
    assertThat(thrown)
        .hasMessageStartingWith("Cannot ")
        .hasMessageContaining(fault.message().replace("%s", directory.toString()))
        .hasMessageEndingWith(")");
    assertThat(thrown.getMessage().lines()).hasSize(1);
    assertThat(thrown.getMessage()).hasSizeLessThan(1000);
    assertThat(((UserException) thrown).exitCode()).isEqualTo(fault.exitCode());
    assertThat(Imports.names(directory)).isEqualTo(before);
  }

  static Stream<Fault> folders() {
    return Stream.of(
        Fault.of(
            "pictures beside class folders",
            "photos",
            folder -> {
              twoClasses(folder);
              PictureFiles.write(folder.resolve("photos/stray.jpg"), PictureFiles.png(9));
            },
            "pictures lie directly in file:%s/photos and not in the folder of a class, 1 of them,"
                + " the first is stray.jpg ("),
        Fault.of(
            "pictures under a split without classes",
            "photos",
            folder -> PictureFiles.fill(folder.resolve("photos/train"), 3, 1),
            "pictures lie directly in file:%s/photos/train and not in the folder of a class, 3 of"
                + " them"),
        Fault.of(
                "one class",
                "photos",
                folder -> PictureFiles.fill(folder.resolve("photos/cat"), 3, 1),
                "it has only one class, \"cat\" (")
            .with("import.test-share=0.5"),
        Fault.of(
                "empty class folder",
                "photos",
                folder -> {
                  twoClasses(folder);
                  PictureFiles.write(folder.resolve("photos/owl/Thumbs.db"), new byte[9]);
                },
                "the folder of class owl for training is empty: file:%s/photos/owl (")
            .with("import.test-share=0.5"),
        Fault.of(
            "no test images",
            "photos",
            FaultyImportsTest::twoClasses,
            "it has no test images (give the share to take for them, for instance --test-share"
                + " 0.2)"),
        Fault.of(
            "test without training",
            "photos",
            folder -> PictureFiles.fill(folder.resolve("photos/test/cat"), 1, 1),
            "it holds test/ but no train/ ("),
        Fault.of(
            "class missing in test",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("photos/train/owl"), 1, 40);
            },
            "class \"owl\" has no test images ("),
        Fault.of(
            "classes missing in validation",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("photos/val/owl"), 1, 40);
            },
            "class \"owl\" has no training images ("),
        Fault.of(
            "two folders for one split",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("photos/training/cat"), 1, 40);
            },
            "it holds both train/ and training/, which mean the same ("),
        Fault.of(
            "class folder beside split folders",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("photos/owl"), 1, 40);
            },
            "beside the folder train/ of a split it holds the folder owl/ ("),
        Fault.of(
                "share for a split that is there",
                "photos",
                FaultyImportsTest::trainAndTest,
                "it has test images of its own, so that --test-share 0.2 cannot take others (")
            .with("import.test-share=0.2"),
        Fault.of(
                "share too small for a class",
                "photos",
                FaultyImportsTest::twoClasses,
                " and 1 more of 2 have no test images (")
            .with("import.test-share=0.000001"),
        Fault.of(
                "class of unreadable files",
                "photos",
                folder -> {
                  PictureFiles.fill(folder.resolve("photos/cat"), 30, 1);
                  PictureFiles.fill(folder.resolve("photos/dog"), 30, 101);
                  for (int i = 1; i <= 6; i++) {
                    PictureFiles.write(
                        folder.resolve("photos/owl/%d.jpg".formatted(i)),
                        "no %d".formatted(i).getBytes(UTF_8));
                  }
                },
                "class \"owl\" has no training images, since all of its 6 files for training could"
                    + " not be read, the first file:%s/photos/owl/1.jpg, NOT_AN_IMAGE: ")
            .with("import.test-share=0.5", "import.max-rejected-share=0.9"),
        Fault.of(
                "test images of a class that are unreadable",
                "photos",
                folder -> {
                  trainAndTest(folder);
                  PictureFiles.fill(folder.resolve("photos/train/owl"), 2, 40);
                  PictureFiles.write(folder.resolve("photos/test/owl/1.jpg"), new byte[] {1, 2});
                },
                "class \"owl\" has no test images, since all of its 1 files for test could not be"
                    + " read, the first file:%s/photos/test/owl/1.jpg, NOT_AN_IMAGE: ")
            .with("import.max-rejected-share=0.9"),
        Fault.of(
                "one folder beside a table",
                "photos",
                folder -> {
                  PictureFiles.fill(folder.resolve("photos/images"), 3, 1);
                  PictureFiles.write(folder.resolve("photos/labels.csv"), new byte[] {1});
                },
                "it has only one class, \"images\" (give at least two classes, each with a folder or"
                    + " label of its own); the table labels.csv beside the folders is passed over"
                    + " (--kind table reads it)")
            .with("import.test-share=0.5"),
        Fault.of(
            "pictures beside a table",
            "photos",
            folder -> {
              PictureFiles.fill(folder.resolve("photos"), 3, 1);
              PictureFiles.write(folder.resolve("photos/images/labels.csv"), new byte[] {1});
              PictureFiles.write(folder.resolve("photos/labels.json"), new byte[] {1});
            },
            "pictures lie directly in file:%s/photos and not in the folder of a class, 3 of them, the"
                + " first is 000.png (put each into the folder of its class); the table labels.json"
                + " beside the folders is passed over (--kind table reads it)"),
        Fault.of(
                "too many unreadable",
                "photos",
                folder -> {
                  trainAndTest(folder);
                  PictureFiles.write(folder.resolve("photos/test/cat/x.jpg"), new byte[] {1, 2});
                },
                "1 of 9 pictures are unreadable, a share of 0.111 above the 0.05 that"
                    + " import.max-rejected-share allows: {NOT_AN_IMAGE=1}, the first"
                    + " file:%s/photos/test/cat/x.jpg, NOT_AN_IMAGE: ")
            .exits(ExitCode.UNREADABLE_IMAGES));
  }

  static Stream<Fault> unrecognised() {
    return Stream.of(
        Fault.of("nothing there", "photos", folder -> {}, "there is no such file or folder ("),
        Fault.of(
            "empty folder",
            "photos",
            folder -> PictureFiles.write(folder.resolve("photos/.DS_Store"), new byte[9]),
            "it is not recognised as an image set ("),
        Fault.of(
            "file of no kind",
            "photos.zip",
            folder -> PictureFiles.write(folder.resolve("photos.zip"), new byte[9]),
            "it is not recognised as an image set ("));
  }

  /** Names of line ends and of many letters, wherever a message may show one. */
  static Stream<Fault> oddNames() {
    String odd = "a\nb\u2028" + "x".repeat(200);
    String shown = "a?b?" + "x".repeat(56) + "..." + "x".repeat(40);
    String shownWithSuffix = "a?b?" + "x".repeat(56) + "..." + "x".repeat(36);
    return Stream.of(
        Fault.of(
                "one class",
                "photos",
                folder -> PictureFiles.fill(folder.resolve("photos").resolve(odd), 3, 1),
                "it has only one class, \"" + shown + "\" (")
            .with("import.test-share=0.5"),
        Fault.of(
                "empty class folder",
                "photos",
                folder ->
                    PictureFiles.write(
                        folder.resolve("photos").resolve(odd).resolve("Thumbs.db"), new byte[9]),
                "the folder of class " + shown + " for training is empty: file:%s/photos/" + shown)
            .with("import.test-share=0.5"),
        Fault.of(
            "class missing in test",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("photos/train").resolve(odd), 1, 40);
            },
            "class \"" + shown + "\" has no test images ("),
        Fault.of(
            "class folder beside split folders",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("photos").resolve(odd), 1, 40);
            },
            "it holds the folder " + shown + "/ ("),
        Fault.of(
            "picture beside class folders",
            "photos",
            folder -> {
              twoClasses(folder);
              PictureFiles.write(
                  folder.resolve("photos").resolve(odd + ".jpg"), PictureFiles.png(9));
            },
            "the first is " + shownWithSuffix + ".jpg ("),
        Fault.of(
                "unreadable picture",
                "photos",
                folder -> {
                  twoClasses(folder);
                  PictureFiles.write(
                      folder.resolve("photos/cat").resolve(odd + ".jpg"), new byte[] {1, 2});
                },
                "the first file:%s/photos/cat/" + shownWithSuffix + ".jpg, NOT_AN_IMAGE: ")
            .with("import.test-share=0.5")
            .exits(ExitCode.UNREADABLE_IMAGES),
        Fault.archive(
            "label that is no number",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.cls", "a\nb\u2028" + "x".repeat(3000))
                .tar(),
            "1.cls holds \"" + shown + "\", which is not the number of a class ("),
        Fault.archive(
            "sample",
            "a.tar",
            new SampleArchive().file("y/" + odd + ".cls", "1").tar(),
            "y/" + shown + ".cls has no picture beside it, such as y/" + shown + ".jpg ("),
        Fault.archive(
            "entry of an archive",
            "a.tar",
            new SampleArchive().link(odd, TarConstants.LF_FIFO, "").tar(),
            "its entry \"" + shown + "\" is a device ("),
        Fault.of(
            "name of an archive",
            "tars",
            folder ->
                PictureFiles.write(folder.resolve("tars").resolve(odd + ".tar"), new byte[] {1}),
            "Cannot import file:%s/tars/" + shownWithSuffix + ".tar: it is cut short ("));
  }

  static Stream<Fault> tables() {
    return Stream.of(
        Fault.table(
            "no path column", "t.csv", "file,label\na,b\n", "it has no column path, only ["),
        Fault.table(
            "no label column", "t.csv", "path,class\na,b\n", "it has no column label, only ["),
        Fault.table(
            "column twice",
            "t.csv",
            "path,label,label\na,b,c\n",
            "it has the column label twice, as [label, label] ("),
        Fault.table("empty file", "t.csv", "", "it has no rows ("),
        Fault.table("no rows", "t.csv", "path,label\n", "it has no rows ("),
        Fault.table("no label", "t.csv", "path,label\na.png,\n", "the row of a.png has no label ("),
        Fault.table(
            "no path", "t.csv", "path,label\n,cat\n", "a row with the label \"cat\" has no path ("),
        Fault.table("short row", "t.csv", "path,label\na.png\n", "the row of a.png has no label ("),
        Fault.table(
            "unknown split",
            "t.csv",
            "path,label,split\na.png,cat,dev\n",
            "the row of a.png has the split \"dev\" (it must be train, training, val, validation,"
                + " test or testing)"),
        Fault.table(
            "split of some rows",
            "t.csv",
            "path,label,split\na.png,cat,train\nb.png,dog,\n",
            " differs from others, since only some have a split ("),
        Fault.table(
            "picture twice",
            "t.csv",
            "path,label\np/a.png,cat\n./p//a.png,dog\n",
            "it names one picture twice, as p/a.png and as ./p//a.png ("),
        Fault.table(
            "quote that is never closed",
            "t.csv",
            "path,label\n\"a.png,cat\nb.png,dog\n",
            "file:%s/t.csv: the row from line 2 on is not CSV: (startline 2) "),
        Fault.of(
            "text in Latin-1",
            "t.csv",
            folder ->
                PictureFiles.write(
                    folder.resolve("t.csv"), "path,label\na.png,k\u00e4se\n".getBytes(ISO_8859_1)),
            "file:%s/t.csv: line 2 is not UTF-8 (save it as UTF-8)"),
        Fault.table(
                "class of many lines",
                "t.csv",
                "path,label\na.png,\"%s\"\n".formatted("line\n".repeat(22)),
                "it has only one class, \"line?line?")
            .with("import.test-share=0.5"),
        Fault.table(
            "row of many lines",
            "t.csv",
            "path,label\n\"%s\",\n".formatted("line\n".repeat(999)),
            "the row of line?line?"),
        Fault.table(
            "picture on the web",
            "t.csv",
            "path,label\nhttp://host/a.png,cat\n",
            "Cannot reach http://host/a.png: it is an address on the web and not on a file system ("),
        Fault.table(
            "no such file system",
            "t.csv",
            "path,label\nfoo://host/a.png,cat\n",
            "Cannot reach foo://host/a.png: "),
        Fault.of(
            "split of no name for training",
            "tables",
            folder ->
                PictureFiles.write(
                    folder.resolve("tables/test.csv"),
                    "path,label\na.png,cat\nb.png,dog\n".getBytes(UTF_8)),
            "it has no training images ("),
        Fault.table(
                "pictures that are not there",
                "t.csv",
                "path,label\na.png,cat\nb.png,dog\n",
                "2 of 2 pictures are unreadable")
            .with("import.test-share=0.5")
            .exits(ExitCode.UNREADABLE_IMAGES),
        Fault.table(
            "broken JSON line",
            "t.jsonl",
            "{\"path\": \"a.png\", \"label\": \"cat\"}\n{\"path\": \"b.png\", \n",
            "line 2, {\"path\": \"b.png\",, is not a JSON object with path, label and split ("),
        Fault.table(
            "JSON without labels",
            "t.jsonl",
            "{\"path\": \"a.png\", \"class\": \"cat\"}\n",
            "the row of a.png has no label ("),
        Fault.table("no Parquet", "t.parquet", "text", "the table cannot be read, "),
        Fault.of(
                "split of some files",
                "tables",
                folder -> {
                  PictureFiles.write(
                      folder.resolve("tables/a.csv"), "path,label\na.png,cat\n".getBytes(UTF_8));
                  PictureFiles.write(
                      folder.resolve("tables/b.csv"),
                      "label,path,split\ndog,b.png,test\n".getBytes(UTF_8));
                },
                "its files differ in the column split: file:%s/tables/a.csv has none, and file:%s/tables/b.csv has split of the type STRING (")
            .with("import.test-share=0.5"),
        Fault.of(
            "two formats",
            "tables",
            folder -> {
              PictureFiles.write(folder.resolve("tables/a.csv"), new byte[] {1});
              PictureFiles.write(folder.resolve("tables/b.json"), new byte[] {1});
            },
            "it holds tables of several formats, [csv, json] ("),
        Fault.table(
                "one label", "t.csv", "path,label\na.png,cat\n", "it has only one class, \"cat\"")
            .with("import.test-share=0.5"));
  }

  static Stream<Fault> tars() {
    SampleArchive whole =
        new SampleArchive().file("1.png", PictureFiles.png(1)).file("1.txt", "cat");
    byte[] zipped = whole.gzip();
    byte[] tar = whole.tar();
    return Stream.of(
        Fault.archive(
            "cut gzip", "a.tar.gz", Arrays.copyOf(zipped, zipped.length - 9), "it is cut short ("),
        Fault.archive("cut tar", "a.tar", Arrays.copyOf(tar, 700), "it is cut short ("),
        Fault.archive(
            "tar cut between entries",
            "a.tar",
            Arrays.copyOf(tar, 1024 + 1024),
            "it is cut short ("),
        Fault.archive(
            "no tar",
            "a.tar",
            "text".repeat(999).getBytes(StandardCharsets.UTF_8),
            "it is not a tar archive, or it is damaged ("),
        Fault.archive(
            "picture without label",
            "a.tar",
            new SampleArchive().file("x/1.png", PictureFiles.png(1)).file("x/2.cls", "1").tar(),
            "1.png has no label: neither x/1.cls nor x/1.txt stands directly before or after it ("),
        Fault.archive(
            "label without picture",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.cls", "1")
                .file("2.cls", "1")
                .tar(),
            "2.cls has no picture beside it, such as 2.jpg ("),
        Fault.archive(
            "label that is no number",
            "a.tar",
            new SampleArchive().file("1.png", PictureFiles.png(1)).file("1.cls", "cat").tar(),
            "1.cls holds \"cat\", which is not the number of a class ("),
        Fault.archive(
            "label of two lines",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.txt", "a cat\non a mat")
                .tar(),
            "1.txt holds \"a cat?on a mat\", which is not the name of a class ("),
        Fault.archive(
            "numbers and names",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.txt", "cat")
                .file("2.png", PictureFiles.png(2))
                .file("2.cls", "2")
                .tar(),
            "2.png has its label in a .cls file, but others in a .txt file ("),
        Fault.archive(
            "two pictures of one sample",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.jpg", PictureFiles.png(1))
                .tar(),
            "the sample 1 has two pictures, 1.png and 1.jpg ("),
        Fault.archive(
            "names with a second dot",
            "a.tar",
            new SampleArchive()
                .file("x/t.14.png", PictureFiles.png(1))
                .file("x/t.14.cls", "1")
                .file("x/t.15.png", PictureFiles.png(2))
                .file("x/t.15.cls", "2")
                .tar(),
            "the picture t.14.png belongs to the sample x/t, whose name ends at the first dot, and"
                + " which has no picture such as x/t.jpg ("),
        Fault.archive(
            "one sample whose names have a second dot",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.cls", "1")
                .file("t.seg.jpg", PictureFiles.png(1))
                .tar(),
            "the picture t.seg.jpg belongs to the sample t, whose name ends at the first dot, and"
                + " which has no picture such as t.jpg ("),
        Fault.archive(
            "label in another encoding",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.txt", "été".getBytes(StandardCharsets.ISO_8859_1))
                .tar(),
            "a.tar: 1.txt holds text that is not UTF-8 ("),
        Fault.archive(
            "label of many bytes",
            "a.tar",
            new SampleArchive()
                .file("1.png", PictureFiles.png(1))
                .file("1.txt", "x".repeat(4097))
                .tar(),
            "a.tar: 1.txt holds more than 4,096 bytes, too many for a class ("),
        Fault.archive(
            "no pictures",
            "a.tar",
            new SampleArchive().file("a.json", "{}").tar(),
            "it holds no pictures ("),
        Fault.archive(
            "link",
            "a.tar",
            new SampleArchive().link("1.png", TarConstants.LF_SYMLINK, "/etc/passwd").tar(),
            "its entry \"1.png\" is a link ("),
        Fault.archive(
            "device",
            "a.tar",
            new SampleArchive().link("1.png", TarConstants.LF_FIFO, "").tar(),
            "its entry \"1.png\" is a device ("),
        Fault.archive(
            "absolute path",
            "a.tar",
            new SampleArchive().file("/etc/1.png", PictureFiles.png(1)).tar(),
            "its entry \"/etc/1.png\" points outside the archive ("),
        Fault.archive(
            "path above",
            "a.tar",
            new SampleArchive().file("x/../../1.png", PictureFiles.png(1)).tar(),
            "its entry \"x/../../1.png\" points outside the archive ("),
        Fault.of(
            "archive that cannot be looked at",
            "tars",
            folder -> {
              PictureFiles.write(folder.resolve("tars/a.tar"), tar);
              link(folder.resolve("tars/b.tar"), folder.resolve("nowhere"));
            },
            "file:%s/tars/b.tar: it cannot be looked at: NoSuchFileException"),
        Fault.of(
            "splits of some archives",
            "tars",
            folder -> {
              PictureFiles.write(folder.resolve("tars/train-0.tar"), tar);
              PictureFiles.write(folder.resolve("tars/more.tar"), tar);
            },
            "file:%s/tars/more.tar belongs to no split, but others do by their names or folders"
                + " ("));
  }

  static Stream<Fault> cifars() {
    String folder = "cifar-10-batches-bin/";
    byte[] wrongLabel = CifarSamples.cifar10(10);
    wrongLabel[7 * 3073] = 10;
    return Stream.of(
        cifar(
            "label too high",
            SampleArchive.cifar10().file(folder + "data_batch_2.bin", wrongLabel),
            "data_batch_2.bin: the label of the record at byte 21511 is 10 ("),
        cifar(
            "cut record",
            SampleArchive.cifar10()
                .file(
                    folder + "test_batch.bin",
                    Arrays.copyOf(CifarSamples.cifar10(10), 9 * 3073 + 100)),
            "test_batch.bin: at byte 27657 it ends after 100 bytes of a record ("),
        cifar(
            "empty file",
            SampleArchive.cifar10().file(folder + "data_batch_1.bin", ""),
            "data_batch_1.bin: the file is empty ("),
        cifar(
            "no names",
            SampleArchive.cifar10().without("batches.meta.txt"),
            "it has no batches.meta.txt ("),
        cifar(
            "nine names",
            SampleArchive.cifar10().file(folder + "batches.meta.txt", CifarSamples.names(9)),
            "batches.meta.txt: it has 9 lines ("),
        cifar(
            "names in another encoding",
            SampleArchive.cifar10()
                .file(folder + "batches.meta.txt", "é".getBytes(StandardCharsets.ISO_8859_1)),
            "batches.meta.txt: it is not UTF-8 ("),
        cifar(
            "name twice",
            SampleArchive.cifar10()
                .file(folder + "batches.meta.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\na"),
            "it names \"a\" twice ("),
        cifar(
            "no test",
            SampleArchive.cifar10().without("test_batch.bin"),
            "it has no test images ("),
        cifar(
            "no training",
            SampleArchive.cifar10().without("1.bin").without("2.bin"),
            "it holds no training images ("),
        cifar(
            "file twice",
            SampleArchive.cifar10().file("other/test_batch.bin", CifarSamples.cifar10(10)),
            "it holds two files named test_batch.bin ("),
        cifar("names only", SampleArchive.cifar10().without(".bin"), "it holds no .bin files ("),
        cifar(
                "CIFAR-10 taken for CIFAR-100",
                SampleArchive.cifar10(),
                "it holds no .bin files (give the binary version of CIFAR-100")
            .with("import.kind=cifar-100"));
  }

  static Stream<Fault> settings() {
    return Stream.of(
        Fault.of(
                "no size",
                "photos",
                FaultyImportsTest::trainAndTest,
                "the size of the stored pictures is not given (give --size 224")
            .with("import.size=own")
            .exits(ExitCode.USAGE),
        Fault.of("size 0", "photos", FaultyImportsTest::trainAndTest, "import.size")
            .with("import.size=0")
            .exits(ExitCode.USAGE),
        Fault.of("size of words", "photos", FaultyImportsTest::trainAndTest, "import.size")
            .with("import.size=big")
            .exits(ExitCode.USAGE),
        Fault.of(
                "shares of everything",
                "photos",
                FaultyImportsTest::twoClasses,
                "nothing would be left for training (")
            .with("import.test-share=0.5", "import.validation-share=0.5")
            .exits(ExitCode.USAGE),
        Fault.of(
            "output in the source",
            "",
            FaultyImportsTest::trainAndTest,
            "it holds, or lies in, what is read from"),
        Fault.of(
            "output that exists",
            "photos",
            folder -> {
              trainAndTest(folder);
              PictureFiles.fill(folder.resolve("set"), 1, 1);
            },
            "it exists already ("));
  }

  private static Fault cifar(String name, SampleArchive archive, String message) {
    return Fault.archive(name, "set.tar.gz", archive.gzip(), message).with("import.size=own");
  }

  private static void link(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void twoClasses(Path folder) {
    PictureFiles.fill(folder.resolve("photos/cat"), 3, 1);
    PictureFiles.fill(folder.resolve("photos/dog"), 3, 10);
  }

  private static void trainAndTest(Path folder) {
    PictureFiles.fill(folder.resolve("photos/train/cat"), 2, 1);
    PictureFiles.fill(folder.resolve("photos/train/dog"), 2, 10);
    PictureFiles.fill(folder.resolve("photos/test/cat"), 2, 20);
    PictureFiles.fill(folder.resolve("photos/test/dog"), 2, 30);
  }
}
