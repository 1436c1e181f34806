package convoy.driver.training.dl4jspark;

import com.esotericsoftware.kryo.Kryo;
import convoy.driver.ConvoyKryoRegistrator;
import convoy.worker.engine.dl4j.Dl4jEngine;
import org.apache.spark.serializer.KryoRegistrator;
import org.nd4j.kryo.Nd4jRegistrator;

/** Names, beside Convoy's wire types, those that dl4j-spark sends. */
public final class Dl4jSparkKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    new ConvoyKryoRegistrator().registerClasses(kryo);
    // ND4J loads its natives below; the engine says which, and must be asked first.
    new Dl4jEngine();
    new Nd4jRegistrator().registerClasses(kryo);
    kryo.register(org.nd4j.linalg.dataset.MultiDataSet.class);
  }
}
