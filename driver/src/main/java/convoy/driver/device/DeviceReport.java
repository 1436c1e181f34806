package convoy.driver.device;

import convoy.worker.engine.Device;
import convoy.worker.engine.Gpu;
import convoy.worker.engine.catalog.Engines;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.spark.TaskContext;

/**
 * What one task found to compute on.
 *
 * @param name of the device, such as {@code GPU 0 on host}
 * @param obstacle why the task cannot compute on it; empty text if it can
 */
record DeviceReport(String name, String obstacle) implements Serializable {
  /** The report of the task of this thread. */
  static DeviceReport ofThisTask() throws UnknownHostException {
    String host = InetAddress.getLocalHost().getHostName();
    return TaskDevice.assigned(TaskContext.get().resourcesJMap())
        .map(address -> of(new Gpu(address, host)))
        .orElseGet(() -> withoutGpu(host));
  }

  private static DeviceReport of(Gpu gpu) {
    Optional<String> obstacle = Engines.on(Device.GPU).get(0).obstacle(gpu);
    return new DeviceReport(gpu.toString(), obstacle.orElse(""));
  }

  static DeviceReport withoutGpu(String host) {
    return new DeviceReport("no GPU on " + host, "Spark assigned no GPU to a task on " + host);
  }

  @Override
  public String toString() {
    return name;
  }
}
