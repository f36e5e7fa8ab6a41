package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Clock;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.StorageFullException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  private static final StorageFullException FULL = new StorageFullException("f: write: full", null);

  @TempDir Path directory;
  private final StopSignal stop = new StopSignal();

  private DiskSpace space(long reserveBytes) {
    DiskSpace space = new DiskSpace(new LocalStorage(), Clock.SYSTEM, reserveBytes);
    space.watch("q", Optional.of(directory), stop);
    return space;
  }

  private String repeat(DiskSpace space, Supplier<String> operation) {
    return space.repeat(directory, FULL, operation);
  }

  private static String never() {
    throw new AssertionError("there is no room");
  }

  @Test
  void fullDiskIsAnErrorBeforeTheQueryRunsAndAfterItsEnd() {
    DiskSpace space = new DiskSpace(new LocalStorage(), Clock.SYSTEM, 0);
    assertThatThrownBy(() -> repeat(space, DiskSpaceTest::never)).isSameAs(FULL);
    space.watch("q", Optional.of(directory), stop);
    space.close();
    assertThatThrownBy(() -> repeat(space, DiskSpaceTest::never)).isSameAs(FULL);
    assertThat(space.pauses().count()).isZero();
  }

  @Test
  void operationIsRepeatedThoughTheDiskLooksEmptyEnough() {
    DiskSpace space = space(1);
    AtomicInteger attempts = new AtomicInteger();
    String result =
        repeat(
            space,
            () -> {
              assertThat(space.pauses().current().message())
                  .startsWith("PAUSED_DISK_FULL: f: write: full; ");
              if (attempts.incrementAndGet() < 3) {
                throw FULL;
              }
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(space.pauses().count()).isEqualTo(1);
    assertThat(space.pauses().current()).isNull();
  }

  @Test
  void otherFailureEndsTheWait() {
    DiskSpace space = space(0);
    Supplier<String> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> repeat(space, broken)).hasMessage("broken");
    assertThat(space.pauses().current()).isNull();
  }

  @Test
  void interruptEndsTheWaitAndStays() {
    DiskSpace space = space(Long.MAX_VALUE);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> repeat(space, DiskSpaceTest::never))
        .isInstanceOf(StoppedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void stopEndsAllWaits() {
    DiskSpace space = space(Long.MAX_VALUE);
    CompletableFuture<String> first = waiting(space);
    CompletableFuture<String> second = waiting(space);
    awaitPause(space);
    stop.request();
    assertThatThrownBy(first::join).hasCauseInstanceOf(StoppedException.class);
    assertThatThrownBy(second::join).hasCauseInstanceOf(StoppedException.class);
    assertThat(space.pauses().current()).isNull();
  }

  @Test
  void endOfTheQueryEndsAWait() {
    DiskSpace space = space(Long.MAX_VALUE);
    CompletableFuture<String> wait = waiting(space);
    awaitPause(space);
    space.close();
    assertThatThrownBy(wait::join).hasCauseInstanceOf(StoppedException.class);
    assertThat(space.pauses().current()).isNull();
  }

  private CompletableFuture<String> waiting(DiskSpace space) {
    return CompletableFuture.supplyAsync(
        () -> repeat(space, DiskSpaceTest::never), task -> new Thread(task, "waiter").start());
  }

  private static void awaitPause(DiskSpace space) {
    while (space.pauses().current() == null) {
      Thread.onSpinWait();
    }
  }

  @Test
  void pauseLastsAsLongAsAnyOfItsWaits() {
    DiskPauses pauses = new DiskPauses();
    DiskPause first = new DiskPause("a", 1, 2, true);
    DiskPause second = new DiskPause("b", 1, 2, true);
    pauses.begin("q", first);
    pauses.begin("q", second);
    assertThat(pauses.current()).isSameAs(first);
    pauses.end("q", first);
    assertThat(pauses.current()).isSameAs(second);
    pauses.end("q", second);
    assertThat(pauses.current()).isNull();
    assertThat(pauses.count()).isEqualTo(1);
    pauses.begin("q", first);
    assertThat(pauses.count()).isEqualTo(2);
  }

  @Test
  void reserveIsAskedForWhereTheCheckpointIsAndOnlyThere() {
    DiskSpace space = new DiskSpace(new LocalStorage(), Clock.SYSTEM, Long.MAX_VALUE);
    space.watch("q", Optional.empty(), stop);
    assertThat(space.hasReserve()).isTrue();
    space.watch("q", Optional.of(directory.resolve("not/there/yet")), stop);
    assertThat(space.hasReserve()).isFalse();
    assertThat(space.pauses().current().message()).contains("not/there/yet: too little room");
    assertThat(space.pauses().current().inEpoch()).isFalse();
    space.close();
    assertThat(space.pauses().current()).isNull();
  }
}
