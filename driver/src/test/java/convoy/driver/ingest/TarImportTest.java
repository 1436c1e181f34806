package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.LocalSpark;
import convoy.driver.LogLines;
import convoy.driver.data.ImageSource;
import convoy.worker.image.Split;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TarImportTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();

  @RegisterExtension final LogLines log = new LogLines();

  @TempDir Path directory;

  @Test
  void import_ofArchivesWithNames_isThatOfTheFoldersWithThePictures() {
    Path photos = directory.resolve("photos");
    PictureFiles.fill(photos.resolve("train/cat"), 2, 100);
    PictureFiles.fill(photos.resolve("train/dog"), 2, 200);
    PictureFiles.fill(photos.resolve("test/cat"), 1, 300);
    PictureFiles.fill(photos.resolve("test/dog"), 1, 400);
    Imports.run(SPARK, photos, directory.resolve("expected"), "import.size=8");
    PictureFiles.write(
        directory.resolve("tars/train-0.tar.gz"),
        samples(new SampleArchive(), "cat", 100, 101).gzip());
    PictureFiles.write(
        directory.resolve("tars/train-1.tar"), samples(new SampleArchive(), "dog", 200, 201).tar());
    PictureFiles.write(
        directory.resolve("tars/test-0.tar"),
        samples(samples(new SampleArchive(), "cat", 300), "dog", 400).tar());

    run("tars");

    ImageSource expected = Imports.open(directory.resolve("expected"));
    ImageSource set = Imports.open(directory.resolve("set"));
    assertThat(set.set().classNames()).containsExactly("cat", "dog");
    for (Split split : new Split[] {Split.TRAINING, Split.TEST}) {
      assertThat(Imports.images(set, split)).isEqualTo(Imports.images(expected, split));
    }
  }

  @Test
  void import_ofOneArchiveWithNumbers_divertsAShareAndIgnoresCaptions() {
    SampleArchive archive = new SampleArchive();
    for (int i = 0; i < 60; i++) {
      archive
          .file("x/%03d.json".formatted(i), "{}")
          .file("x/%03d.PNG".formatted(i), PictureFiles.png(i))
          .file("x/%03d.txt".formatted(i), "a caption\nof two lines")
          .file("x/%03d.cls".formatted(i), " " + (i % 2 == 0 ? 10 : 9) + "\n");
    }
    PictureFiles.write(directory.resolve("all.tar"), archive.tar());

    ImportSummary summary = run("all.tar", "import.test-share=0.3");

    assertThat(summary.classNames()).containsExactly("10", "9");
    assertThat(summary.images(Split.TRAINING) + summary.images(Split.TEST)).isEqualTo(60);
  }

  @Test
  void unreadablePicture_costsOnlyItself() {
    SampleArchive archive = new SampleArchive();
    for (int i = 0; i < 60; i++) {
      archive
          .file("%03d.jpg".formatted(i), i == 30 ? new byte[] {1, 2, 3} : PictureFiles.png(i))
          .file("%03d.cls".formatted(i), Integer.toString(i % 2));
    }
    PictureFiles.write(directory.resolve("all.tar.gz"), archive.gzip());

    ImportSummary summary = run("all.tar.gz", "import.test-share=0.3");

    assertThat(summary.rejections().first())
        .startsWith("file:" + directory.resolve("all.tar.gz") + "/030.jpg, NOT_AN_IMAGE: ");
    assertThat(directory.resolve("set/rejected/part-00000.csv"))
        .content()
        .startsWith(
            "\"path\",\"error\"\n\"file:"
                + directory.resolve("all.tar.gz")
                + "/030.jpg\",\"NOT_AN_IMAGE: ");
  }

  @Test
  void import_ofArchivesInFoldersOfSplits_readsEveryOneWhateverItsDepth() {
    PictureFiles.write(
        directory.resolve("tars/train/0.tar"),
        samples(samples(new SampleArchive(), "cat", 1, 2), "dog", 3).tar());
    PictureFiles.write(
        directory.resolve("tars/test/0.tar"),
        samples(samples(new SampleArchive(), "cat", 4), "dog", 5).tar());

    assertThat(run("tars").images(Split.TRAINING)).isEqualTo(3);

    PictureFiles.write(
        directory.resolve("tars/train/a/b/1.tar.gz"),
        samples(new SampleArchive(), "dog", 6).gzip());
    PictureFiles.write(
        directory.resolve("tars/more/test-1.tar"), samples(new SampleArchive(), "dog", 7).tar());
    ImportSummary summary = run("tars", "import.kind=tar", "output.overwrite=true");

    assertThat(summary.images(Split.TRAINING)).isEqualTo(4);
    assertThat(summary.images(Split.TEST)).isEqualTo(3);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void picturesThatAreNoSamples_arePassedOverInOneLine() {
    SampleArchive archive = new SampleArchive().file(".3.png", PictureFiles.png(3));
    for (int i = 0; i < 60; i++) {
      archive
          .file("%03d.seg.PNG".formatted(i), PictureFiles.png(1000 + i))
          .file("%03d.png".formatted(i), PictureFiles.png(i))
          .file("%03d.cls".formatted(i), Integer.toString(i % 2));
    }
    PictureFiles.write(directory.resolve("tars/all.tar"), archive.tar());
    PictureFiles.write(directory.resolve("tars/x/loose.jpg"), PictureFiles.png(9));

    ImportSummary summary = run("tars", "import.test-share=0.3");

    assertThat(summary.images(Split.TRAINING) + summary.images(Split.TEST)).isEqualTo(60);
    assertThat(log.warnings())
        .containsExactly(
            "Passed over 1 pictures that lie in no archive, the first file:%s/tars/x/loose.jpg (give --kind folders to import them instead)"
                .formatted(directory),
            "Passed over 61 pictures in archives, whose names have further dots, the first file:%s/tars/all.tar/.3.png (the name of a sample ends at its first dot)"
                .formatted(directory));
  }

  @Test
  void byteOrderMark_isNoPartOfALabel() {
    SampleArchive archive = new SampleArchive();
    for (int i = 0; i < 60; i++) {
      archive
          .file(i + ".png", PictureFiles.png(i))
          .file(i + ".txt", (i % 3 == 0 ? "\ufeff" : "") + (i % 2 == 0 ? "chat" : "été") + "\r\n");
    }
    PictureFiles.write(directory.resolve("all.tar"), archive.tar());

    assertThat(run("all.tar", "import.test-share=0.3").classNames()).containsExactly("chat", "été");
  }

  private static SampleArchive samples(SampleArchive archive, String label, int... seeds) {
    for (int seed : seeds) {
      archive.file(seed + ".png", PictureFiles.png(seed)).file(seed + ".txt", label);
    }
    return archive;
  }

  private ImportSummary run(String from, String... settings) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "import.size=8";
    return Imports.run(SPARK, directory.resolve(from), directory.resolve("set"), all);
  }
}
