package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import convoy.worker.engine.onednn.plan.NativeMemory;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingLoss;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What lies outside the heap is neither allocated in a step nor left behind on close; and its
 * limits are told.
 */
class NativeMemoryTest {
  private static final int BATCH = 4;
  private static final int MEBIBYTE = 1 << 20;
  private static ComputationGraph graph;

  @BeforeAll
  static void build() {
    // TestGraph makes ND4J's settings.
    graph = new TestGraph(CifarRecord.SHAPE, 1).build();
    graph =
        new ComputationGraph(
            new NetworkSpec("resnet-8", CifarRecord.SHAPE, CifarRecord.CLASSES)
                .configuration(TestGraph.OPTIMIZER, 1));
    graph.init();
  }

  @Test
  void thousandSteps_leaveResidentMemoryAsItWas() throws IOException {
    Minibatch full = RandomImages.minibatch(1, BATCH);
    Minibatch tail = RandomImages.minibatch(2, 3);
    try (OnednnTrainingNetwork network = open(BATCH)) {
      steps(network, full, tail, 100);
      long before = residentBytes();
      steps(network, full, tail, 1000);

      assertThat(residentBytes() - before).isLessThan(8 * MEBIBYTE);
    }
  }

  private static void steps(
      OnednnTrainingNetwork network, Minibatch full, Minibatch tail, int count) {
    for (int i = 0; i < count; i++) {
      network.step(i % 10 == 9 ? tail : full, 0.001, i);
    }
  }

  @Test
  void openingAndClosing_fiftyTimes_leavesResidentMemoryAsItWas() throws IOException {
    // A small arena, so that one that the allocator keeps for later does not count for a leak; and
    // enough cycles before for the JIT compiler, whose code is resident too.
    Minibatch minibatch = RandomImages.minibatch(1, 2);
    cycles(minibatch, 150);
    long before = residentBytes();
    cycles(minibatch, 50);

    assertThat(residentBytes() - before).isLessThan(12 * MEBIBYTE);
  }

  private static void cycles(Minibatch minibatch, int count) {
    for (int i = 0; i < count; i++) {
      try (OnednnTrainingNetwork training = open(minibatch.count());
          OnednnInferenceNetwork inference =
              OnednnInferenceNetwork.of(graph, CifarRecord.SHAPE, minibatch.count())) {
        training.step(minibatch, 0.001, i);
        inference.predict(minibatch);
      }
    }
  }

  @Test
  void step_allocatesOnlyItsResult() {
    Minibatch minibatch = RandomImages.minibatch(1, BATCH);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    try (OnednnTrainingNetwork network = open(BATCH)) {
      steps(network, minibatch, minibatch, 20);
      long before = threads.getThreadAllocatedBytes(thread);
      steps(network, minibatch, minibatch, 100);

      assertThat((threads.getThreadAllocatedBytes(thread) - before) / 100).isLessThan(1024);
    }
  }

  @Test
  void moreThanTheMachineHas_isRefused_inMebibytes() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new NativeMemory(1L << 50).close())
        .withMessageStartingWith("Cannot allocate 1073741824 MiB outside the Java heap: ")
        .withMessageEndingWith(" (use a smaller batch size)");
  }

  @Test
  void moreThanAJavaBufferHolds_isRefused_ratherThanCutOff() {
    // Never touched, so the system gives no memory for it.
    try (NativeMemory most = NativeMemory.ofFloats(Integer.MAX_VALUE / Float.BYTES);
        NativeMemory more = NativeMemory.ofFloats(1 << 29)) {
      assertThat(most.floats().limit()).isEqualTo(536_870_911);
      assertThatIllegalArgumentException()
          .isThrownBy(more::floats)
          .withMessage(
              "Cannot compute in Java on 536870912 values of one tensor: a buffer holds 536870911 (use a smaller batch size)");
    }
  }

  private static OnednnTrainingNetwork open(int batchSize) {
    return OnednnTrainingNetwork.of(
        graph, CifarRecord.SHAPE, TestGraph.OPTIMIZER, TrainingLoss.PLAIN, batchSize);
  }

  /** Of this process, as the kernel counts it, after a garbage collection. */
  private static long residentBytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
