package convoy.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What Spark itself wrote down about an application: its jobs, tasks and executors, in order. */
final class EventLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> events;

  private EventLog(List<JsonNode> events) {
    this.events = events;
  }

  /** The folder on HDFS that keeps the event log of one command alone. */
  static Path folder(String command) {
    return new Path("/events/" + command);
  }

  /** The id of the application that a command started, which may still run. */
  static String application(FileSystem files, String command) throws IOException {
    return only(files, command).getName().replaceFirst("[.]inprogress$", "");
  }

  /** The event log of a command that has ended. */
  static EventLog read(FileSystem files, String command) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (var in = files.open(only(files, command))) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        events.add(JSON.readTree(line));
      }
    }
    return new EventLog(events);
  }

  /** The jobs' descriptions in the order of starting, each with the executors of its tasks. */
  Map<String, Set<String>> executorsByJob() {
    Map<Integer, String> jobs = new HashMap<>();
    Map<String, Set<String>> executors = new LinkedHashMap<>();
    for (JsonNode event : events) {
      if (is(event, "JobStart")) {
        String job = description(event);
        executors.putIfAbsent(job, new TreeSet<>());
        event.get("Stage IDs").forEach(stage -> jobs.put(stage.intValue(), job));
      } else if (is(event, "TaskEnd") && !event.at("/Task Info/Failed").booleanValue()) {
        executors
            .get(jobs.get(event.get("Stage ID").intValue()))
            .add(event.at("/Task Info/Executor ID").textValue());
      }
    }
    return executors;
  }

  /** The descriptions of the jobs that started after an executor was lost; none if none was. */
  List<String> jobsAfterLossOf(String executor) {
    return events.stream()
        .dropWhile(
            event ->
                !is(event, "ExecutorRemoved")
                    || !executor.equals(event.get("Executor ID").textValue()))
        .filter(event -> is(event, "JobStart"))
        .map(EventLog::description)
        .toList();
  }

  private static boolean is(JsonNode event, String kind) {
    return event.get("Event").textValue().equals("SparkListener" + kind);
  }

  private static String description(JsonNode jobStart) {
    return jobStart.at("/Properties/spark.job.description").asText();
  }

  private static Path only(FileSystem files, String command) throws IOException {
    FileStatus[] logs = files.listStatus(folder(command));
    if (logs.length != 1) {
      throw new AssertionError("%d event logs of %s".formatted(logs.length, command));
    }
    return logs[0].getPath();
  }
}
