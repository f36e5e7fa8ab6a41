package io.millrace.connectors.files;

import io.millrace.spi.NearestName;
import io.millrace.spi.Options;
import io.millrace.spi.SinkContext;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What every file format lets the user say about how it is written.
 *
 * @param owner whose options these are, for errors
 * @param mode empty if the user says nothing, as for most streaming queries
 * @param maxRecordsPerFile rows after which another file begins
 * @param partitionColumns indexes of the columns that are folder names
 */
record FileSinkOptions(
    String owner,
    Path path,
    Optional<SaveMode> mode,
    long maxRecordsPerFile,
    int[] partitionColumns) {
  private static final Set<String> NAMES = Set.of("path", "mode", "maxRecordsPerFile");

  static Set<String> namesWith(Set<String> formatsOwn) {
    Set<String> all = new TreeSet<>(NAMES);
    all.addAll(formatsOwn);
    return all;
  }

  /**
   * @throws AnalysisException naming the option or partition column that is wrong
   */
  static FileSinkOptions parse(SinkContext context) {
    Options options = context.options();
    String owner = options.owner();
    long maxRecords = options.getLong("maxRecordsPerFile", 0);
    return new FileSinkOptions(
        owner,
        InputPath.local(owner, "path", options.require("path")),
        SaveMode.parse(options),
        maxRecords <= 0 ? Long.MAX_VALUE : maxRecords,
        partitionColumns(owner, context.schema(), context.partitionBy()));
  }

  /** Indexes of the columns that stand in the files. */
  static int[] dataColumns(Schema schema, int[] partitionColumns) {
    return IntStream.range(0, schema.size())
        .filter(column -> IntStream.of(partitionColumns).noneMatch(index -> index == column))
        .toArray();
  }

  private static int[] partitionColumns(String owner, Schema schema, List<String> names) {
    int[] columns = names.stream().mapToInt(name -> column(owner, schema, name)).toArray();
    if (IntStream.of(columns).distinct().count() < columns.length) {
      throw new AnalysisException(owner + ": partitionBy names a column twice: " + names);
    }
    if (columns.length > 0 && columns.length == schema.size()) {
      throw new AnalysisException(
          owner + ": partitionBy names every column, none is left for the files: " + names);
    }
    return columns;
  }

  private static int column(String owner, Schema schema, String name) {
    OptionalInt index = schema.indexOf(name);
    if (index.isEmpty()) {
      throw new AnalysisException(
          owner
              + ": partitionBy: there is no column "
              + name
              + NearestName.suggestion(name, schema.names()));
    }
    Field field = schema.field(index.getAsInt());
    if (!field.type().isFlat()
        || field.type() == DataType.BINARY
        || field.type() == DataType.VOID) {
      throw new AnalysisException(
          owner
              + ": partitionBy: column "
              + field.name()
              + " is "
              + field.type().sql()
              + ", which makes no folder name; cast it to STRING");
    }
    return index.getAsInt();
  }
}
