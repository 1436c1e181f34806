package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lets Spark hand out GPUs that only a discovery script has seen. */
@ExtendWith(ClusterExtension.class)
final class GpuSchedulingIT {
  /** Each of the machine's two Workers that asks is told of another device. */
  private static final String DISCOVERY =
      """
      #!/bin/sh
      if mkdir "$0.asked" 2>/dev/null; then address=0; else address=1; fi
      echo "{\\"name\\":\\"gpu\\",\\"addresses\\":[\\"$address\\"]}"
      """;

  @TempDir Path directory;

  @Test
  void eachExecutorsTask_looksAtItsOwnGpuAndRefusesWhatItCannotUse(
      Cluster cluster, SmallTraining training) throws Exception {
    Outcome outcome =
        cluster.run(
            "train-gpu",
            training.again(
                "train-gpu",
                "--master=local-cluster[2,1,4096]",
                "--conf=spark.worker.resource.gpu.amount=1",
                "--conf=spark.worker.resource.gpu.discoveryScript=" + discoveryScript(),
                "--conf=spark.executor.resource.gpu.amount=1",
                "--conf=spark.task.resource.gpu.amount=1",
                "--set=engine.device=gpu"));

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(2);
    assertThat(outcome.complaints())
        .singleElement()
        .asString()
        .startsWith("Cannot compute on GPUs: ND4J found no CUDA backend on ")
        .endsWith("(or set engine.device = cpu)");
    EventLog log = cluster.eventLog("train-gpu");
    assertThat(log.executorsByJob())
        .containsEntry("look at the GPUs of 2 tasks", Set.of("0", "1"))
        .hasSize(1);
    assertThat(log.gpusByExecutor().values()).containsExactlyInAnyOrder(List.of("0"), List.of("1"));
    assertThat(cluster.hdfs().names("/")).doesNotContain("train-gpu");
  }

  private Path discoveryScript() throws IOException {
    Path script = Files.writeString(directory.resolve("discovery"), DISCOVERY);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
