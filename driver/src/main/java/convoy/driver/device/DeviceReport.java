package convoy.driver.device;

import convoy.worker.engine.GpuModel;
import convoy.worker.engine.dl4j.Dl4jDevices;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.spark.TaskContext;

/** What one task found to compute on. */
final class DeviceReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final boolean cuda;
  private final GpuModel[] gpus;
  private final int address;

  /**
   * A report.
   *
   * @param cuda whether ND4J chose its CUDA backend
   * @param gpus that it sees, in the order of their addresses
   * @param address of the GPU that Spark assigned to the task, or -1
   */
  DeviceReport(String host, boolean cuda, GpuModel[] gpus, int address) {
    this.host = host;
    this.cuda = cuda;
    this.gpus = gpus;
    this.address = address;
  }

  /** The report of the task of this thread. */
  static DeviceReport ofThisTask() throws UnknownHostException {
    return new DeviceReport(
        InetAddress.getLocalHost().getHostName(),
        Dl4jDevices.isCuda(),
        Dl4jDevices.gpus().toArray(new GpuModel[0]),
        TaskDevice.assigned(TaskContext.get().resourcesJMap()).orElse(-1));
  }

  /** Why the task cannot compute on its GPU; empty if it can. */
  Optional<String> obstacle() {
    if (address < 0) {
      return Optional.of("Spark assigned no GPU to a task on " + host);
    }
    if (!cuda) {
      return Optional.of(
          "ND4J found no CUDA backend on %s (build with -Pcuda; CUDA 11.6 must be installed there)"
              .formatted(host));
    }
    if (address >= gpus.length) {
      return Optional.of(
          "Spark assigned GPU %d on %s, where ND4J sees %d".formatted(address, host, gpus.length));
    }
    if (!gpus[address].isSupported()) {
      return Optional.of(
          "GPU %d on %s is a %s, and ND4J's CUDA 11.6 has code for 3.7 to 8.9 only"
              .formatted(address, host, gpus[address]));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "GPU %d on %s".formatted(address, host);
  }
}
