package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs and finds its answer right; how fast is not looked at. */
class BenchmarksTest {
  private static final String ROOT = BenchmarksTest.class.getPackageName() + ".";

  @BeforeAll
  static void letOtherBuildsRunBesides() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  /** What the annotation processor found; fails when it did not run. */
  static Set<String> classes() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    Set<BenchmarkListEntry> all = BenchmarkList.defaultList().getAll(silent, List.of());
    return all.stream()
        .map(BenchmarkListEntry::getUserClassQName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyGroupHasBenchmarks() {
    assertThat(classes().stream().map(name -> name.substring(ROOT.length()).split("\\.", -1)[0]))
        .contains("kernel", "stage", "query", "alternatives");
  }

  @ParameterizedTest
  @MethodSource("classes")
  void runsOnceWithTheRightAnswer(String benchmarkClass) throws RunnerException {
    Options once =
        new OptionsBuilder()
            .include("^" + benchmarkClass.replace(".", "\\.") + "\\.")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .param("areaBytes", "262144")
            .param("batchRows", "64")
            .param("nullPercent", "10")
            .param("keyCount", "100")
            .param("keptPercent", "5")
            .param("chunkBytes", "4096")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results).isNotEmpty();
  }

  @Test
  void forksGetTheEnginesFlags() {
    assertThat(EngineFlags.list())
        .contains("--add-modules=jdk.incubator.vector")
        .noneMatch(flag -> flag.contains("${") || flag.isBlank());
  }
}
