package convoy.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The machine that is measured on, in words. */
final class Machine {
  private static final List<String> VECTOR_FLAGS =
      List.of("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile");

  private Machine() {}

  /** Processor, cores, its vector instructions, system, Java, and what else it is busy with. */
  static String describe() {
    return "%s, %d cores (%s); %s %s; Java %s; load average at the start %.2f"
        .formatted(
            cpuInfo("model name"),
            Runtime.getRuntime().availableProcessors(),
            vectorInstructions(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String vectorInstructions() {
    List<String> flags = Arrays.asList(cpuInfo("flags").split(" "));
    return VECTOR_FLAGS.stream().filter(flags::contains).collect(Collectors.joining(" "));
  }

  private static String cpuInfo(String key) {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
