package convoy.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.RunningStatistics.Run;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.optimizer.ParameterBlock;
import convoy.worker.optimizer.ParameterBlocks;
import convoy.worker.optimizer.Sgd;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningStatisticsTest {
  private static NetworkSpec network(String name) {
    return new NetworkSpec(name, CifarRecord.SHAPE, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-8", "vgg-11", "cifar10-quick"})
  void everyParameter_isEitherARunningStatisticOrLearnt(String name) {
    NetworkSpec network = network(name);
    ComputationGraph graph = Dl4jGraphs.initialised(network.configuration(new Sgd(0.9, 1e-4), 1));
    int[] times = new int[Math.toIntExact(graph.numParams())];
    for (ParameterBlock block : ParameterBlocks.of(graph)) {
      for (int i = 0; i < block.length(); i++) {
        times[block.offset() + i]++;
      }
    }
    graph.close();

    RunningStatistics statistics = RunningStatistics.of(network);
    int count = 0;
    for (Run run : statistics.runs()) {
      for (int i = 0; i < run.length(); i++) {
        times[run.offset() + i]++;
        count++;
      }
    }

    assertThat(times).containsOnly(1);
    assertThat(statistics.count()).isEqualTo(count);
  }

  @Test
  void residualNetwork_hasTwoStatisticsForEachOfItsNormalisedChannels() {
    // resnet-8: 3 of 16 channels; 3 of 32 and 3 of 64, with those of the shortcuts.
    RunningStatistics statistics = RunningStatistics.of(network("resnet-8"));

    assertThat(statistics.count()).isEqualTo(2 * 3 * (16 + 32 + 64));
    assertThat(statistics.runs()).extracting(Run::decay).containsOnly(0.9);
  }
}
