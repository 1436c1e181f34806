package convoy.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkersTest {
  /**
   * resnet-8 by hand: 3x3 convolutions of 432, 2 x 2,304, 4,608 + 9,216 and 18,432 + 36,864
   * weights, shortcuts of 512 and 2,048, four values a normalised channel (7 convolutions and 2
   * shortcuts: 16 x 3, 32 x 3, 64 x 3 channels), and 64 x 10 + 10 of the classifier.
   */
  private static final long RESNET_8 =
      432 + 2 * 2_304 + 4_608 + 9_216 + 18_432 + 36_864 + 512 + 2_048 + 4 * 336 + 650;

  /**
   * The 11,689,512 parameters that torchvision publishes for resnet18, and a mean and a variance
   * for each of 4,800 normalised channels.
   */
  private static final long RESNET_18 = 11_689_512 + 2 * 4_800;

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"TRAIN", "PREDICT"})
  void convoyAndStockDl4j_openTheSameNetworkAndStep(Mode mode) throws IOException {
    Workload workload = new Workload("dl4j", "resnet-8", 32, mode, 1, 4);
    List<String> convoy = answers(workload, ConvoyWorker::open, "2\n1\n");
    List<String> stock = answers(workload, StockDl4jWorker::open, "2\n1\n");

    assertThat(convoy).hasSize(3);
    assertThat(convoy.get(0)).startsWith("bench\tready\t" + RESNET_8 + "\tConvoy's dl4j, DL4J 1.");
    assertThat(stock.get(0)).startsWith("bench\tready\t" + RESNET_8 + "\tDL4J 1.");
    assertThat(convoy.subList(1, 3)).allMatch(answer -> answer.matches("bench\ttook\t[1-9][0-9]*"));
    assertThat(stock.subList(1, 3)).allMatch(answer -> answer.matches("bench\ttook\t[1-9][0-9]*"));
  }

  @Test
  void aNetworkFor224Pixels_hasAThousandClasses_andSteps() throws IOException {
    Workload workload = new Workload("onednn", "resnet-18", 224, Mode.TRAIN, 1, 1);
    List<String> answers = answers(workload, ConvoyWorker::open, "1\n");

    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).startsWith("bench\tready\t" + RESNET_18 + "\tConvoy's onednn");
    assertThat(answers.get(1)).matches("bench\ttook\t[1-9][0-9]*");
  }

  @Test
  void aSubjectThatCannotBeOpened_isAnsweredWithItsReason() throws IOException {
    Workload workload = new Workload("none", "resnet-8", 32, Mode.TRAIN, 1, 4);
    assertThat(answers(workload, ConvoyWorker::open, "1\n"))
        .singleElement()
        .asString()
        .startsWith("bench\tfailed\tCannot run an engine named 'none': there are ");
  }

  @Test
  void aWorkload_survivesTheCommandLine() {
    Workload workload = new Workload("onednn", "vgg-16", 224, Mode.END_TO_END, 2, 128);
    assertThat(Workload.parse(workload.arguments().toArray(new String[0]))).isEqualTo(workload);
  }

  private static List<String> answers(Workload workload, WorkerLoop.Opener opener, String requests)
      throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    WorkerLoop.serve(
        workload,
        opener,
        new ByteArrayInputStream(requests.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(answers, true, StandardCharsets.UTF_8));
    return answers.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
