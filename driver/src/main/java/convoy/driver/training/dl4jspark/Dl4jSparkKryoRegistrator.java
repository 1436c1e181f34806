package convoy.driver.training.dl4jspark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import convoy.driver.wire.ConvoyKryoRegistrator;
import convoy.worker.network.Dl4jRuntime;
import org.apache.spark.serializer.KryoRegistrator;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.nd4j.kryo.Nd4jRegistrator;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Names, beside Convoy's wire types, those that dl4j-spark sends. */
public final class Dl4jSparkKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    new ConvoyKryoRegistrator().registerClasses(kryo);
    // ND4J loads its natives below.
    Dl4jRuntime.prepare();
    new Nd4jRegistrator().registerClasses(kryo);
    kryo.register(MultiDataSet.class);
    // It holds a whole graph configuration, dozens of classes that are serializable the Java way.
    kryo.register(NetBroadcastTuple.class, new JavaSerializer());
    kryo.register(ParameterAveragingTrainingResult.class);
    kryo.register(ParameterAveragingAggregationTuple.class);
    kryo.register(ParameterAveragingAggregationTuple[].class);
  }
}
