package convoy.worker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the worker may not know, and in which direction its packages may look. */
@AnalyzeClasses(packages = "convoy.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule WORKER_KNOWS_NO_CLUSTER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "org.apache.hadoop..",
              "com.typesafe.config..",
              "picocli..",
              "convoy.driver..",
              "scala..");

  @ArchTest
  static final ArchRule PACKAGES_LOOK_UP_ONLY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("image")
          .definedBy("convoy.worker.image..")
          .layer("optimizer")
          .definedBy("convoy.worker.optimizer..")
          .layer("network")
          .definedBy("convoy.worker.network..")
          .layer("engine")
          .definedBy("convoy.worker.engine..")
          .layer("training")
          .definedBy("convoy.worker.training..")
          .layer("evaluation")
          .definedBy("convoy.worker.evaluation..")
          .layer("model")
          .definedBy("convoy.worker.model..")
          .layer("prediction")
          .definedBy("convoy.worker.prediction..")
          .withOptionalLayers(true)
          .whereLayer("prediction")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("prediction")
          .whereLayer("evaluation")
          .mayOnlyBeAccessedByLayers("model", "prediction")
          .whereLayer("training")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("training", "evaluation", "model", "prediction")
          .whereLayer("network")
          .mayOnlyBeAccessedByLayers("engine", "training", "evaluation", "model", "prediction")
          .whereLayer("optimizer")
          .mayOnlyBeAccessedByLayers("network", "engine", "training");

  @ArchTest
  static final ArchRule ONLY_THE_CATALOG_NAMES_ENGINES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "convoy.worker.engine.catalog..",
              "convoy.worker.engine.dl4j..",
              "convoy.worker.engine.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("convoy.worker.engine.dl4j..", "convoy.worker.engine.onednn..");

  @ArchTest
  static final ArchRule ENGINES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("convoy.worker.engine.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("convoy.worker.engine.catalog.."), DescribedPredicate.alwaysTrue());

  /** A new package is added here and to {@code src/docs/architecture.md}. */
  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NAMED =
      classes()
          .should()
          .resideInAnyPackage(
              "convoy.worker.engine",
              "convoy.worker.engine.catalog",
              "convoy.worker.engine.dl4j",
              "convoy.worker.engine.onednn",
              "convoy.worker.engine.onednn.operator",
              "convoy.worker.engine.onednn.plan",
              "convoy.worker.evaluation",
              "convoy.worker.image",
              "convoy.worker.image.augmentation",
              "convoy.worker.image.decoding",
              "convoy.worker.image.disturbance",
              "convoy.worker.image.minibatch",
              "convoy.worker.image.shard",
              "convoy.worker.image.synthesis",
              "convoy.worker.model",
              "convoy.worker.network",
              "convoy.worker.optimizer",
              "convoy.worker.prediction",
              "convoy.worker.random",
              "convoy.worker.training");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("convoy.(**)").should().beFreeOfCycles();
}
