package convoy.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures contestants side by side: all are opened, then each has one repetition in turn, again
 * and again, so that what else goes on on the machine falls on all of them alike. One that fails
 * leaves, and the others go on.
 */
final class Interleaving {
  private final int repetitions;
  private final Consumer<String> progress;

  /** Interleaves that many repetitions, and tells of each. */
  Interleaving(int repetitions, Consumer<String> progress) {
    this.repetitions = repetitions;
    this.progress = progress;
  }

  /** One measurement a contestant, in their order. */
  List<Measurement> run(List<Contestant> contestants) {
    Map<Contestant, Entry> entries = new LinkedHashMap<>();
    try {
      for (Contestant contestant : contestants) {
        entries.put(contestant, open(contestant));
      }
      requireSameNetwork(entries.values());
      for (int i = 0; i < repetitions; i++) {
        for (Entry entry : entries.values()) {
          repeat(entry);
        }
      }
      return entries.values().stream().map(Entry::measurement).toList();
    } finally {
      contestants.forEach(Contestant::close);
    }
  }

  private Entry open(Contestant contestant) {
    Entry entry = new Entry(contestant);
    try {
      entry.opened = contestant.open();
    } catch (ContestantException e) {
      fail(entry, e.getMessage());
    }
    return entry;
  }

  /** Two libraries that were given one network must have built one network. */
  private void requireSameNetwork(Iterable<Entry> entries) {
    Entry first = null;
    for (Entry entry : entries) {
      long values = entry.opened.values();
      if (entry.failure != null || values == 0) {
        continue;
      }
      first = first == null ? entry : first;
      if (values != first.opened.values()) {
        fail(
            entry,
            "its network has %d parameters and statistics, that of %s has %d"
                .formatted(values, first.contestant.workload().engine(), first.opened.values()));
      }
    }
  }

  private void repeat(Entry entry) {
    if (entry.failure != null || entry.contestant.isSpent()) {
      return;
    }
    try {
      double imagesPerSecond = entry.contestant.repeat();
      entry.imagesPerSecond.add(imagesPerSecond);
      entry.peakMebibytes = entry.contestant.peakMebibytes();
      progress.accept("%s %.1f images/s".formatted(entry.name(), imagesPerSecond));
    } catch (ContestantException e) {
      fail(entry, e.getMessage());
    }
  }

  private void fail(Entry entry, String reason) {
    entry.failure = reason;
    entry.contestant.close();
    progress.accept(entry.name() + " failed: " + reason);
  }

  private static final class Entry {
    final Contestant contestant;
    final List<Double> imagesPerSecond = new ArrayList<>();
    Contestant.Opened opened = new Contestant.Opened("", 0);
    long peakMebibytes;
    String failure;

    Entry(Contestant contestant) {
      this.contestant = contestant;
    }

    String name() {
      return String.join(" ", contestant.workload().arguments());
    }

    Measurement measurement() {
      return failure != null
          ? Measurement.failed(contestant.workload(), opened.version(), failure)
          : new Measurement(
              contestant.workload(),
              opened.version(),
              List.copyOf(imagesPerSecond),
              peakMebibytes,
              Optional.empty());
    }
  }
}
