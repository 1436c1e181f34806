package convoy.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorSlotsTest {
  @ParameterizedTest
  @CsvSource({"local,0", "local[2],0", "'local-cluster[3,1,1024]',3", "spark://host:7077,4"})
  void expectedExecutors_areThoseThatTheMasterStarts(String master, int expected) {
    SparkConf conf = new SparkConf(false).set("spark.executor.instances", "4");

    assertThat(ExecutorSlots.expectedExecutors(conf, master)).isEqualTo(expected);
  }
}
