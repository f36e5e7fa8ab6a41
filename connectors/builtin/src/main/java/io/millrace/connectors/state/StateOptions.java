package io.millrace.connectors.state;

import io.millrace.spi.Options;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.storage.Storage;
import io.millrace.state.table.StateReader;
import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Which rows are meant.
 *
 * @param path of the checkpoint, for descriptions
 * @param number of the operator
 */
record StateOptions(Path path, StateReader reader, int number) {
  private static final String PATH = "path";
  private static final String OPERATOR = "operator";

  static final Set<String> KEYS = Set.of(PATH, OPERATOR);

  /**
   * @throws AnalysisException if an option is wrong, or there is no such checkpoint, state or
   *     operator, or it is damaged
   */
  static StateOptions of(Options options, Storage storage) {
    Path path = path(options);
    OptionalInt number =
        options.get(OPERATOR).isPresent()
            ? OptionalInt.of(options.getInt(OPERATOR, -1))
            : OptionalInt.empty();
    try (BufferAllocator allocator = new RootAllocator()) {
      StateReader reader = StateReader.open(path, storage);
      return new StateOptions(path, reader, reader.choose(number, allocator));
    } catch (AnalysisException e) {
      throw e;
    } catch (MillraceException e) {
      throw new AnalysisException(e.code(), options.owner() + ": " + e.getMessage(), e);
    }
  }

  private static Path path(Options options) {
    String text = options.require(PATH);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new AnalysisException(
          options.owner() + ": option path is no path: " + e.getMessage(), e);
    }
  }

  OperatorState operator() {
    return reader.operators().get(number);
  }
}
