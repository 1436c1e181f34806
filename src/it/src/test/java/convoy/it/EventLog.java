package convoy.it;

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

/** What Spark itself wrote down about an application: its jobs, tasks and executors, in order. */
final class EventLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> events;

  private EventLog(List<JsonNode> events) {
    this.events = events;
  }

  /** The folder on HDFS that keeps the event log of one command alone. */
  static String folder(String command) {
    return "/events/" + command;
  }

  /** The id of the application that a command started, which may still run. */
  static String application(Hdfs hdfs, String command) throws IOException {
    return only(hdfs, command).replaceFirst("[.]inprogress$", "");
  }

  /** The event log of a command that has ended. */
  static EventLog read(Hdfs hdfs, String command) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : hdfs.lines(folder(command) + "/" + only(hdfs, command))) {
      events.add(JSON.readTree(line));
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

  /** Tasks that were running on an executor when it was lost. */
  long tasksLostWith(String executor) {
    return events.stream()
        .filter(event -> is(event, "TaskEnd"))
        .filter(event -> executor.equals(event.at("/Task Info/Executor ID").textValue()))
        .filter(
            event -> "ExecutorLostFailure".equals(event.at("/Task End Reason/Reason").textValue()))
        .count();
  }

  /** Tasks that were started while another attempt of theirs still ran. */
  long speculativeTasks() {
    return events.stream()
        .filter(event -> is(event, "TaskStart"))
        .filter(event -> event.at("/Task Info/Speculative").booleanValue())
        .count();
  }

  /** The addresses of the GPUs that each executor was given. */
  Map<String, List<String>> gpusByExecutor() {
    Map<String, List<String>> gpus = new HashMap<>();
    for (JsonNode event : events) {
      if (is(event, "ExecutorAdded")) {
        List<String> addresses = new ArrayList<>();
        event
            .at("/Executor Info/Resources/gpu/addresses")
            .forEach(address -> addresses.add(address.textValue()));
        gpus.put(event.get("Executor ID").textValue(), addresses);
      }
    }
    return gpus;
  }

  private static boolean is(JsonNode event, String kind) {
    return event.get("Event").textValue().equals("SparkListener" + kind);
  }

  private static String description(JsonNode jobStart) {
    return jobStart.at("/Properties/spark.job.description").asText();
  }

  private static String only(Hdfs hdfs, String command) throws IOException {
    List<String> logs = hdfs.names(folder(command));
    if (logs.size() != 1) {
      throw new AssertionError("Event logs of %s: %s".formatted(command, logs));
    }
    return logs.get(0);
  }
}
