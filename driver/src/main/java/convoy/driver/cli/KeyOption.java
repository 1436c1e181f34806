package convoy.driver.cli;

import convoy.driver.config.ReferenceConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The table of everyday options: each stands for a configuration key, and takes its help and its
 * default from that key in {@code reference.conf}. Values pass on as typed, so that a mistake reads
 * the same whichever way it came.
 */
public enum KeyOption {
  DATA("--data", Kind.REQUIRED, "URI", "data.path"),
  OUTPUT("--output", Kind.REQUIRED, "URI", "output.path"),
  OVERWRITE("--overwrite", Kind.FLAG, "", "output.overwrite"),

  NETWORK("--network", Kind.VALUE, "NAME", "network.name"),
  EPOCHS("--epochs", Kind.VALUE, "N", "training.epochs"),
  REPLICAS("--replicas", Kind.VALUE, "N", "training.replicas"),
  LOCAL_STEPS("--local-steps", Kind.VALUE, "N", "training.local-steps"),
  BATCH_SIZE("--batch-size", Kind.VALUE, "N", "training.batch-size"),
  LABEL_SMOOTHING("--label-smoothing", Kind.VALUE, "SHARE", "training.label-smoothing"),
  DROPOUT_SHARE("--dropout-share", Kind.VALUE, "SHARE", "training.dropout-share"),
  SEED("--seed", Kind.VALUE, "N", "training.seed"),
  ENGINE("--engine", Kind.VALUE, "NAME", "engine.name"),
  RESUME("--resume", Kind.FLAG, "", "training.resume"),
  LOG("--log", Kind.VALUE, "DETAIL", "log.detail"),

  VARY("--vary", Kind.REQUIRED, "GRID", "sweep.vary"),
  SEEDS("--seeds", Kind.VALUE, "N,N", "sweep.seeds"),

  EVALUATED_SPLIT("--split", Kind.VALUE, "NAME", "evaluation.split"),
  DISTURB("--disturb", Kind.FLAG, "", "evaluation.disturb"),
  DISTURBANCES("--output", Kind.OPTIONAL, "URI", "evaluation.output-path"),
  OVERWRITE_DISTURBANCES("--overwrite", Kind.FLAG, "", "evaluation.overwrite"),
  MODEL("--model", Kind.REQUIRED, "URI", "prediction.model-path"),
  IMAGES("--images", Kind.REQUIRED, "URI", "prediction.images-path"),
  PREDICTIONS("--output", Kind.REQUIRED, "URI", "prediction.output-path"),
  FORMAT("--format", Kind.VALUE, "NAME", "prediction.format"),
  TOP_K("--top-k", Kind.VALUE, "N", "prediction.top-k"),
  MAX_PIXELS("--max-pixels", Kind.VALUE, "N", "prediction.max-pixels"),
  LABELLED("--labelled", Kind.FLAG, "", "prediction.labelled"),
  OVERWRITE_PREDICTIONS("--overwrite", Kind.FLAG, "", "prediction.overwrite"),

  FROM("--from", Kind.REQUIRED, "URI", "import.from"),
  IMPORT_KIND("--kind", Kind.VALUE, "NAME", "import.kind"),
  CIFAR_LABELS("--labels", Kind.VALUE, "NAME", "import.labels"),
  SIZE("--size", Kind.VALUE, "SIZE", "import.size"),
  FIT("--fit", Kind.VALUE, "NAME", "import.fit"),
  MARGIN("--margin", Kind.VALUE, "N", "import.margin"),
  VALIDATION_SHARE("--validation-share", Kind.VALUE, "SHARE", "import.validation-share"),
  TEST_SHARE("--test-share", Kind.VALUE, "SHARE", "import.test-share"),
  IMPORT_SEED("--seed", Kind.VALUE, "N", "import.seed"),
  IMPORT_MAX_PIXELS("--max-pixels", Kind.VALUE, "N", "import.max-pixels"),
  LAYOUT("--layout", Kind.VALUE, "NAME", "synthesis.layout"),
  TRAINING_IMAGES("--training-images", Kind.VALUE, "N", "synthesis.training-images"),
  TEST_IMAGES("--test-images", Kind.VALUE, "N", "synthesis.test-images"),
  SYNTHESIS_SEED("--seed", Kind.VALUE, "N", "synthesis.seed"),
  SPLIT("--split", Kind.VALUE, "NAME", "export.split"),
  COUNT("--count", Kind.VALUE, "N", "export.count"),
  PROFILE_SIZE("--size", Kind.VALUE, "SIZE", "profile.size"),
  PROFILE_CLASSES("--classes", Kind.VALUE, "N", "profile.classes"),
  RUN("--run", Kind.REPEATED, "URI", "report.runs"),
  REPORT("--output", Kind.REQUIRED, "FILE", "report.output");

  private static final Pattern CHOICES = Pattern.compile("Rule: one of ([^.]+)[.]");

  private enum Kind {
    REQUIRED,
    /** Required, and may be given again for another value. */
    REPEATED,
    OPTIONAL,
    VALUE,
    FLAG
  }

  private final String option;
  private final Kind kind;
  private final String parameter;
  private final String key;

  KeyOption(String option, Kind kind, String parameter, String key) {
    this.option = option;
    this.kind = kind;
    this.parameter = parameter;
    this.key = key;
  }

  /** Its name on the command line, such as {@code --epochs}. */
  String option() {
    return option;
  }

  /** The key it stands for, such as {@code training.epochs}. */
  String key() {
    return key;
  }

  /** Whether a command that has it requires it. */
  boolean isRequired() {
    return kind == Kind.REQUIRED || kind == Kind.REPEATED;
  }

  /** What was typed, one line per time that the option was given. */
  String value(ParseResult parsed) {
    return kind == Kind.REPEATED
        ? String.join("\n", parsed.matchedOptionValue(option, new String[0]))
        : parsed.matchedOptionValue(option, "");
  }

  /** How to type it, such as {@code --data URI}. */
  String usage() {
    return kind == Kind.FLAG ? option : option + " " + parameter;
  }

  /** The option as the parser knows it: a flag is {@code "true"} when given, all else is text. */
  OptionSpec toSpec(ReferenceConfig reference) {
    OptionSpec.Builder spec =
        OptionSpec.builder(option)
            .type(kind == Kind.REPEATED ? String[].class : String.class)
            .description(help(reference));
    return kind == Kind.FLAG
        ? spec.arity("0").fallbackValue("true").build()
        : spec.arity("1").paramLabel(parameter).build();
  }

  private String help(ReferenceConfig reference) {
    String comment = reference.comment(key);
    Matcher choices = CHOICES.matcher(comment);
    String sentence = comment.replaceFirst("[.] .*", ".");
    String rule = choices.find() ? " One of %s.".formatted(choices.group(1)) : "";
    String suffix =
        switch (kind) {
          case REQUIRED -> " Required.";
          case REPEATED -> " Required; may be repeated.";
          case VALUE -> " Default: " + reference.defaultValue(key);
          case OPTIONAL, FLAG -> "";
        };
    // The parser formats descriptions: a single percent sign would be a directive.
    return (sentence + rule + suffix).replace("%", "%%");
  }
}
