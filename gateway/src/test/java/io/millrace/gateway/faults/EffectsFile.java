package io.millrace.gateway.faults;

import io.millrace.RowFunction;
import io.millrace.RowView;
import io.millrace.spi.RowPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * An application behind a callback: it keeps each row's effect together with the row's position,
 * one line each in a file, and each is on the disk before the next row comes.
 */
final class EffectsFile implements RowFunction, AutoCloseable {
  private final FileChannel file;
  private final RowPosition last;

  EffectsFile(Path path) throws IOException {
    EffectsOutput kept = new EffectsOutput(path);
    last = kept.last().map(EffectsOutput.Effect::position).orElse(RowPosition.START);
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
    file.truncate(kept.wholeBytes());
    file.position(kept.wholeBytes());
  }

  @Override
  public void accept(RowView row) throws IOException {
    String line =
        row.epoch()
            + " "
            + row.rowNumber()
            + " "
            + row.getLong(0)
            + " "
            + row.getString(1)
            + " "
            + row.getLong(2)
            + " "
            + row.getLong(3)
            + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public Optional<RowPosition> resumeFrom() {
    return Optional.of(last);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
