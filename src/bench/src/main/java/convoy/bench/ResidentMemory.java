package convoy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a process lies in memory. */
final class ResidentMemory {
  private static final int KIBIBYTES = 1024;

  private ResidentMemory() {}

  /** The most that the process has held so far, as Linux counts it, in MiB; 0 if it is gone. */
  static long peakMebibytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
