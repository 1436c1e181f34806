package convoy.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which libraries the driver must not use, and that no packages depend on each other in a cycle.
 */
@AnalyzeClasses(packages = "convoy.driver", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** A new package is added here and to {@code src/docs/architecture.md}. */
  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NAMED =
      classes()
          .should()
          .resideInAnyPackage(
              "convoy.driver",
              "convoy.driver.cli",
              "convoy.driver.cluster",
              "convoy.driver.config",
              "convoy.driver.data",
              "convoy.driver.data.export",
              "convoy.driver.data.shard",
              "convoy.driver.data.synthesis",
              "convoy.driver.device",
              "convoy.driver.evaluation",
              "convoy.driver.evaluation.disturbance",
              "convoy.driver.failure",
              "convoy.driver.files",
              "convoy.driver.ingest",
              "convoy.driver.ingest.cifar",
              "convoy.driver.ingest.folders",
              "convoy.driver.ingest.picture",
              "convoy.driver.ingest.table",
              "convoy.driver.ingest.tar",
              "convoy.driver.monitoring.event",
              "convoy.driver.monitoring.history",
              "convoy.driver.monitoring.metrics",
              "convoy.driver.monitoring.page",
              "convoy.driver.monitoring.ui",
              "convoy.driver.prediction",
              "convoy.driver.progress",
              "convoy.driver.provenance",
              "convoy.driver.report",
              "convoy.driver.session",
              "convoy.driver.store",
              "convoy.driver.sweep",
              "convoy.driver.training",
              "convoy.driver.training.checkpoint",
              "convoy.driver.training.consensus",
              "convoy.driver.training.dl4jspark",
              "convoy.driver.training.metrics",
              "convoy.driver.training.plan",
              "convoy.driver.training.round",
              "convoy.driver.wire");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("convoy.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_DL4J_SPARK_ROUND_KNOWS_DL4J =
      noClasses()
          .that()
          .resideOutsideOfPackage("convoy.driver.training.dl4jspark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..");

  /** They are no stable API. */
  @ArchTest
  static final ArchRule ONLY_THE_TAB_KNOWS_SPARKS_PAGES =
      noClasses()
          .that()
          .resideOutsideOfPackage("convoy.driver.monitoring.ui")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.ui..");

  @ArchTest
  static final ArchRule THE_DRIVER_NAMES_NO_ENGINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("convoy.worker.engine.dl4j..", "convoy.worker.engine.onednn..");

  @ArchTest
  static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("convoy.driver.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule CONFIGURATION_KNOWS_NO_CLUSTER =
      noClasses()
          .that()
          .resideInAPackage("convoy.driver.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..");

  /** They take specs of their own; the session alone has the settings of all of them in view. */
  @ArchTest
  static final ArchRule JOBS_DO_NOT_KNOW_THE_CONFIGURATION =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "convoy.driver",
              "convoy.driver.cli..",
              "convoy.driver.config..",
              "convoy.driver.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("convoy.driver.config..", "com.typesafe.config..");

  @ArchTest
  static final ArchRule JOBS_DO_NOT_KNOW_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("convoy.driver", "convoy.driver.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("convoy.driver.cli..", "picocli..");
}
