package io.millrace.gateway.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** Which code may know and do what; under a root package, so that tests can break each rule. */
final class HouseRules {
  private final String root;

  /**
   * @param root {@code io.millrace}
   */
  HouseRules(String root) {
    this.root = root;
  }

  /** gateway, connectors, engine-core, state, vectorized-ops; never back. */
  ArchRule modulesPointOneWay() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("vectorized-ops")
        .definedBy(root + ".types..", root + ".vector..")
        .layer("state")
        .definedBy(root + ".state..")
        .layer("engine-core")
        .definedBy(
            root,
            root + ".sql..",
            root + ".plan..",
            root + ".spi..",
            root + ".analysis..",
            root + ".physical..",
            root + ".runtime..")
        .layer("connectors")
        .definedBy(root + ".connectors..")
        .layer("gateway")
        .definedBy(root + ".gateway..")
        .whereLayer("gateway")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("connectors")
        .mayOnlyBeAccessedByLayers("gateway")
        .whereLayer("engine-core")
        .mayOnlyBeAccessedByLayers("gateway", "connectors")
        .whereLayer("state")
        .mayOnlyBeAccessedByLayers("gateway", "connectors", "engine-core");
  }

  /** The lower layers know nothing of the higher ones. */
  List<ArchRule> enginePointsOneWay() {
    return List.of(
        neverUses("runtime", "sql"),
        neverUses("physical", "sql", "runtime"),
        neverUses("analysis", "sql", "runtime", "physical"),
        neverUses("plan", "sql", "runtime", "physical", "analysis"),
        neverUses("spi", "sql", "runtime", "physical", "analysis"),
        noClasses()
            .that()
            .resideInAnyPackage(
                root + ".physical..", root + ".analysis..", root + ".plan..", root + ".spi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root),
        noClasses()
            .that()
            .resideInAPackage(root + ".runtime..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                root.replace(".", "\\.")
                    + "\\.(Session|DataFrame|Data(Frame|Stream)(Reader|Writer))"));
  }

  private ArchRule neverUses(String lower, String... higher) {
    String[] packages =
        java.util.Arrays.stream(higher)
            .map(name -> root + "." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + lower + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true);
  }

  ArchRule packagesHaveNoCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  ArchRule onlyRuntimeUsesTheDisruptor() {
    return onlyIn("runtime", "com.lmax.disruptor..");
  }

  ArchRule onlyTheJournalUsesChronicle() {
    return onlyIn("state.journal", "net.openhft..");
  }

  ArchRule onlyKernelsUseTheVectorApi() {
    return onlyIn("vector", "jdk.incubator.vector..");
  }

  private ArchRule onlyIn(String home, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + "." + home + "..")
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }

  ArchRule onlyColumnsTakeAddresses() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".vector.column..")
        .should()
        .callMethodWhere(
            describe(
                "an ArrowBuf's address is taken",
                call ->
                    call.getTargetOwner().getName().equals("org.apache.arrow.memory.ArrowBuf")
                        && Set.of("memoryAddress", "addressOf").contains(call.getName())));
  }

  ArchRule onlyTheClockReadsTime() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(root + ".spi.SystemClock")
        .and()
        // Times two loops of one result against each other; nothing else comes of it.
        .doNotHaveFullyQualifiedName(root + ".vector.column.VectorKernel")
        .should()
        .callMethodWhere(describe("the machine's time is read", HouseRules::readsTime));
  }

  private static boolean readsTime(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    return owner.equals("java.lang.System")
            && Set.of("nanoTime", "currentTimeMillis").contains(call.getName())
        || owner.startsWith("java.time.") && call.getName().equals("now");
  }

  ArchRule threadsHaveNames() {
    return noClasses()
        .should()
        .callConstructorWhere(
            describe("a thread without a name is made", HouseRules::makesUnnamedThread))
        .orShould()
        .callMethodWhere(
            describe("an executor of threads without names is made", HouseRules::makesUnnamedPool));
  }

  private static boolean makesUnnamedThread(JavaConstructorCall call) {
    return call.getTargetOwner().getName().equals("java.lang.Thread")
        && !takes(call, "java.lang.String");
  }

  private static boolean makesUnnamedPool(JavaMethodCall call) {
    return call.getTargetOwner().getName().equals("java.util.concurrent.Executors")
        && call.getName().startsWith("new")
        && !takes(call, "java.util.concurrent.ThreadFactory");
  }

  private static boolean takes(JavaCodeUnitAccess<?> call, String type) {
    return call.getTarget().getRawParameterTypes().stream()
        .anyMatch(parameter -> parameter.getName().equals(type));
  }
}
