package convoy.driver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import convoy.worker.training.Divergence;
import convoy.worker.training.MinibatchStatistics;
import convoy.worker.training.ReplicaSpread;
import convoy.worker.training.ReplicaTimes;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.SliceAverage;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {
  private record Unregistered(int value) {}

  private record Even(int value) {
    private Even {
      if (value % 2 != 0) {
        throw new IllegalArgumentException("Cannot be even: %d".formatted(value));
      }
    }
  }

  private record Holder(Object content, String text, List<Object> several) {}

  private final Kryo kryo = kryo();

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    new ConvoyKryoRegistrator().registerClasses(kryo);
    kryo.register(Even.class, new RecordSerializer<>(Even.class));
    kryo.register(Holder.class, new RecordSerializer<>(Holder.class));
    return kryo;
  }

  private Object roundTrip(Object value) {
    Output output = new Output(1024, -1);
    kryo.writeClassAndObject(output, value);
    return kryo.readClassAndObject(new Input(output.toBytes()));
  }

  @Test
  void update_withDivergence_arrivesAsItWas() {
    ReplicaUpdate sent =
        new ReplicaUpdate(
            new TrainingState(new float[] {1, Float.NaN, -0f}, new float[0], 1L << 40),
            128,
            4,
            Double.NEGATIVE_INFINITY,
            17,
            new ReplicaTimes(1, 2, Long.MAX_VALUE),
            Optional.of(new Divergence(3, 4, Double.NaN, Optional.of("group1-block1-a-conv"))));

    ReplicaUpdate received = (ReplicaUpdate) roundTrip(sent);

    assertThat(received.state().parameters()).containsExactly(1, Float.NaN, -0f);
    assertThat(received.state().optimizerState()).isEmpty();
    assertThat(received.state().iteration()).isEqualTo(1L << 40);
    assertThat(received.times()).isEqualTo(sent.times());
    assertThat(received.divergence()).isEqualTo(sent.divergence());
    assertThat(received.lossSum()).isEqualTo(sent.lossSum());
  }

  @Test
  void list_ofRecords_arrivesInOrder() {
    ReplicaUpdate update =
        new ReplicaUpdate(
            new TrainingState(new float[0], new float[0], 0),
            0,
            0,
            0,
            0,
            new ReplicaTimes(0, 0, 0));
    SliceAverage sent =
        new SliceAverage(
            new TrainingState(new float[] {1}, new float[] {2}, 3),
            new ReplicaSpread(new double[] {4, 5}, 6),
            List.of(update, update));

    SliceAverage received = (SliceAverage) roundTrip(sent);

    assertThat(received).usingRecursiveComparison().isEqualTo(sent);
  }

  @Test
  void arrays_ofHundredMegabytes_arriveBitForBit() {
    float[] parameters = new float[25_000_000];
    Random random = new Random(1);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }

    TrainingState received =
        (TrainingState) roundTrip(new TrainingState(parameters, new float[0], 1));

    assertThat(received.parameters()).hasSameSizeAs(parameters);
    for (int i = 0; i < parameters.length; i++) {
      if (Float.floatToRawIntBits(received.parameters()[i])
          != Float.floatToRawIntBits(parameters[i])) {
        assertThat(i).as("the first other value").isEqualTo(-1);
      }
    }
  }

  @Test
  void components_thatAreNullOrOfAnyClass_arrive() {
    Holder sent =
        new Holder(new MinibatchStatistics(2, new double[] {0.5}), null, List.of("a", 1L));

    assertThat(roundTrip(sent)).usingRecursiveComparison().isEqualTo(sent);
    assertThat(roundTrip(new Holder(null, "b", List.of())))
        .isEqualTo(new Holder(null, "b", List.of()));
  }

  @Test
  void record_thatItsConstructorRefuses_isRefusedOnArrival() {
    Output output = new Output(64);
    kryo.writeClassAndObject(output, new Even(2));
    byte[] bytes = output.toBytes();
    // The last byte is the component, 2 in zig-zag form: 2 becomes 3.
    bytes[bytes.length - 1] = 6;

    assertThatThrownBy(() -> kryo.readClassAndObject(new Input(bytes)))
        .hasRootCauseMessage("Cannot be even: 3");
  }

  @Test
  void record_thatIsNotRegistered_isRefused() {
    assertThatThrownBy(() -> roundTrip(new Unregistered(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Class is not registered");
  }
}
