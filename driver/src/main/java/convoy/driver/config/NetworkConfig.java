package convoy.driver.config;

import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;

/**
 * The network.
 *
 * @param name its architecture, such as resnet-20; there is one of that name for the images that
 *     can be read
 */
public record NetworkConfig(String name) {
  static NetworkConfig read(ConfigReader reader) {
    return new NetworkConfig(
        reader
            .key("network.name")
            .decidesResult()
            .text(
                "the name of a network for %dx%d pixels"
                    .formatted(CifarRecord.SHAPE.height(), CifarRecord.SHAPE.width()),
                name -> new NetworkSpec(name, CifarRecord.SHAPE, CifarRecord.CLASSES).name()));
  }
}
