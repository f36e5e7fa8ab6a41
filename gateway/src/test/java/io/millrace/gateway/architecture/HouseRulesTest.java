package io.millrace.gateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its rules, and each of them can be broken. */
class HouseRulesTest {
  private static final String VIOLATING = HouseRulesTest.class.getPackageName() + ".violating";
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace");
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(VIOLATING);

  static Stream<Arguments> rules() {
    return Stream.of(
        rule("modules point one way", rules -> List.of(rules.modulesPointOneWay())),
        rule("the engine points one way", HouseRules::enginePointsOneWay),
        rule("packages have no cycles", rules -> List.of(rules.packagesHaveNoCycles())),
        rule("disruptor", rules -> List.of(rules.onlyRuntimeUsesTheDisruptor())),
        rule("chronicle", rules -> List.of(rules.onlyTheJournalUsesChronicle())),
        rule("vector api", rules -> List.of(rules.onlyKernelsUseTheVectorApi())),
        rule("addresses", rules -> List.of(rules.onlyColumnsTakeAddresses())),
        rule("time", rules -> List.of(rules.onlyTheClockReadsTime())),
        rule("threads", rules -> List.of(rules.threadsHaveNames())));
  }

  private static Arguments rule(String name, Function<HouseRules, List<ArchRule>> rules) {
    return Arguments.argumentSet(name, rules);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseKeeps(Function<HouseRules, List<ArchRule>> rules) {
    for (ArchRule rule : rules.apply(new HouseRules("io.millrace"))) {
      rule.check(HOUSE);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aViolationIsFound(Function<HouseRules, List<ArchRule>> rules) {
    for (ArchRule rule : rules.apply(new HouseRules(VIOLATING))) {
      assertThat(rule.evaluate(VIOLATIONS).hasViolation()).as(rule.getDescription()).isTrue();
    }
  }

  @Test
  void everyModuleIsLookedAt() {
    assertThat(HOUSE.stream().map(type -> type.getPackageName()))
        .contains(
            "io.millrace",
            "io.millrace.types",
            "io.millrace.state.storage",
            "io.millrace.spi",
            "io.millrace.runtime",
            "io.millrace.connectors.files",
            "io.millrace.gateway");
  }
}
