package io.millrace.connectors.files;

import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes each epoch as whole files, exactly once.
 *
 * <p>Steps of a commit: the files are written and forced in a hidden folder; one line in the
 * query's {@link Manifest} commits them; then they are renamed to where readers look. So a reader
 * sees whole files of committed epochs and nothing else. After a crash between the last two steps
 * the next {@link #begin} does the missing renames; after one before the line it drops the files.
 */
public final class FileSink implements Sink {
  /** Where an epoch stands: what {@link #close} may delete depends on it. */
  private enum Step {
    IDLE,
    WRITING,
    COMMITTING,
    SKIPPING
  }

  private final FileSinkOptions options;
  private final OutputDirectory directory;
  private final Manifest manifest;
  private final EpochWriter writer;
  private final boolean ignoring;
  private Step step = Step.IDLE;
  private boolean recovered;
  private int planChecksum;

  private FileSink(
      FileSinkOptions options,
      OutputDirectory directory,
      Manifest manifest,
      EpochWriter writer,
      boolean ignoring) {
    this.options = options;
    this.directory = directory;
    this.manifest = manifest;
    this.writer = writer;
    this.ignoring = ignoring;
  }

  /** The options of every file format, together with a format's own. */
  public static Set<String> optionsWith(Set<String> formatsOwn) {
    return FileSinkOptions.namesWith(formatsOwn);
  }

  /**
   * @param extension of the files' names, without a dot
   * @param encoder makes the format's encoder for the given columns of the schema
   * @throws AnalysisException if an option is wrong or the directory cannot be used
   */
  public static FileSink open(
      SinkContext context, String extension, Function<int[], RowEncoder> encoder) {
    FileSinkOptions options = FileSinkOptions.parse(context);
    OutputDirectory directory =
        new OutputDirectory(
            options.path(),
            context.queryId(),
            context.storage(),
            context.crashPoints(),
            context.durable());
    requireWritable(options, directory);
    Manifest manifest = Manifest.open(directory);
    boolean ignoring = manifest.last().isEmpty() && isToBeIgnored(options, directory);
    int[] columns = FileSinkOptions.dataColumns(context.schema(), options.partitionColumns());
    EpochWriter writer =
        new EpochWriter(
            directory,
            encoder.apply(columns),
            context.schema(),
            options.partitionColumns(),
            options.maxRecordsPerFile(),
            extension,
            context.allocator());
    return new FileSink(options, directory, manifest, writer, ignoring);
  }

  private static void requireWritable(FileSinkOptions options, OutputDirectory directory) {
    StorageEntry existing = directory.storage().nearest(directory.path());
    if (!existing.directory()) {
      throw new AnalysisException(
          options.owner()
              + ": path "
              + directory.path()
              + " must be a directory, but "
              + existing.path()
              + " is a file; remove it or choose another path");
    }
    if (!directory.storage().isWritable(existing.path())) {
      throw new AnalysisException(
          options.owner()
              + ": path "
              + directory.path()
              + ": this user may not write to "
              + existing.path()
              + "; give it permission (and mount the disk writable), or choose another path");
    }
  }

  /** Applies the save mode to a directory that this query has not written to yet. */
  private static boolean isToBeIgnored(FileSinkOptions options, OutputDirectory directory) {
    if (options.mode().isEmpty()) {
      requireNoOtherQuery(options, directory);
      return false;
    }
    return switch (options.mode().get()) {
      case APPEND, OVERWRITE -> false;
      case IGNORE -> directory.isUsed();
      case ERROR_IF_EXISTS -> {
        if (directory.isUsed()) {
          throw new AnalysisException(
              options.owner()
                  + ": path "
                  + directory.path()
                  + " exists already; use mode append, overwrite or ignore, or another path");
        }
        yield false;
      }
    };
  }

  private static void requireNoOtherQuery(FileSinkOptions options, OutputDirectory directory) {
    List<String> others = directory.otherQueries();
    if (!others.isEmpty()) {
      throw new AnalysisException(
          options.owner()
              + ": path "
              + directory.path()
              + " holds the output of query "
              + others.getFirst()
              + "; a query with a new checkpoint, or with none, would write the same rows again."
              + " Go on with that query's checkpointLocation, choose another path, or set option"
              + " mode to append (keep what is there) or overwrite");
    }
  }

  @Override
  public Delivery delivery() {
    return Delivery.IDEMPOTENT_BY_EPOCH;
  }

  @Override
  public String description() {
    return "FileSink[" + directory.path() + "]";
  }

  @Override
  public boolean begin(long epoch, int planChecksum) {
    if (ignoring) {
      step = Step.SKIPPING;
      return false;
    }
    if (step == Step.COMMITTING) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          options.owner() + ": " + directory.path() + ": an earlier commit failed; start again");
    }
    abandon();
    Optional<Manifest.Committed> committed = manifest.committed(epoch);
    requireSamePlan(epoch, planChecksum, committed);
    recover(epoch);
    this.planChecksum = planChecksum;
    if (committed.isPresent()) {
      step = Step.SKIPPING;
      return false;
    }
    writer.begin(epoch);
    step = Step.WRITING;
    return true;
  }

  private void requireSamePlan(
      long epoch, int planChecksum, Optional<Manifest.Committed> committed) {
    if (committed.isPresent() && committed.get().planChecksum() != planChecksum) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          options.owner()
              + ": "
              + directory.path()
              + ": epoch "
              + epoch
              + " was committed under a plan with checksum "
              + Integer.toHexString(committed.get().planChecksum())
              + ", now its plan has checksum "
              + Integer.toHexString(planChecksum)
              + ": the checkpoint has lost its end or is an old copy. Restore the checkpoint that"
              + " belongs to this output, or start with a new checkpoint and a new directory");
    }
    if (committed.isEmpty()
        && manifest.last().isPresent()
        && epoch < manifest.last().get().epoch()) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          options.owner()
              + ": "
              + directory.path()
              + ": epoch "
              + epoch
              + " is to be written, but epoch "
              + manifest.last().get().epoch()
              + " is committed already: the checkpoint is an old copy. Restore the checkpoint that"
              + " belongs to this output, or start with a new checkpoint and a new directory");
    }
  }

  /** Once after a start: ends a commit that a crash cut in two, and clears up what it left. */
  private void recover(long epoch) {
    if (recovered) {
      return;
    }
    directory.create();
    if (manifest.last().isPresent()) {
      ManifestEntry last = manifest.last().get();
      directory.publish(last);
      boolean partitioned = options.partitionColumns().length > 0;
      directory.deleteFrom(Math.max(epoch, last.epoch() + 1), partitioned);
    }
    directory.deleteUnfinished();
    recovered = true;
  }

  @Override
  public void planned(int checksum) {
    planChecksum = checksum;
  }

  @Override
  public void write(RowBatch rows) {
    writer.write(rows);
  }

  @Override
  public String commit(long epoch) {
    if (step == Step.SKIPPING) {
      step = Step.IDLE;
      return manifest.committed(epoch).map(Manifest.Committed::receipt).orElse("");
    }
    ManifestEntry entry = writer.finish(planChecksum);
    if (directory.durable() && !entry.files().isEmpty()) {
      directory.force(directory.unfinished());
    }
    step = Step.COMMITTING;
    directory.crashPoints().reached(CrashPoint.BEFORE_SINK_COMMIT);
    if (options.mode().equals(Optional.of(SaveMode.OVERWRITE)) && manifest.last().isEmpty()) {
      directory.deleteOthers();
    }
    manifest.append(entry);
    directory.publish(entry);
    directory.crashPoints().reached(CrashPoint.AFTER_SINK_COMMIT);
    step = Step.IDLE;
    return entry.receipt();
  }

  private void abandon() {
    writer.abandon();
    if (step == Step.WRITING) {
      directory.deleteUnfinished();
    }
    step = Step.IDLE;
  }

  /** What a failed commit left stays: whether it is committed is found out at the next start. */
  @Override
  public void close() {
    try (writer;
        manifest) {
      abandon();
      if (recovered) {
        directory.deleteUnfinishedFolder();
      }
    }
  }
}
