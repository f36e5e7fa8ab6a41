package io.millrace.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Reads a checkpoint, and a sink's manifest, by {@code state/FORMAT.md} alone, with none of our
 * classes.
 */
final class PageReader {
  record Frame(int type, long sequence, long epoch, String payload) {}

  private PageReader() {}

  static List<Frame> frames(Path checkpoint) throws IOException {
    List<Frame> frames = new ArrayList<>();
    int previous = 0;
    for (Path segment : list(checkpoint.resolve("offsets"))) {
      ByteBuffer bytes = ByteBuffer.wrap(bytes(segment));
      while (bytes.remaining() >= 48 && bytes.getInt(bytes.position()) == 0x4d524a31) {
        ByteBuffer header = bytes.slice(bytes.position(), 48);
        byte[] payload = new byte[header.getInt(32)];
        bytes.get(bytes.position() + 48, payload);
        require(header.get(4) == 1, "version");
        require(header.getLong(8) == frames.size(), "sequence");
        require(header.getInt(36) == crc(ByteBuffer.wrap(payload)), "payload");
        require(header.getInt(40) == previous, "previous");
        previous = header.getInt(44);
        require(previous == crc(header.slice(0, 44)), "header");
        String text = new String(payload, StandardCharsets.US_ASCII);
        frames.add(new Frame(header.get(5), header.getLong(8), header.getLong(16), text));
        bytes.position(bytes.position() + 48 + payload.length);
      }
      require(!bytes.hasRemaining(), "end");
    }
    return frames;
  }

  private static byte[] bytes(Path segment) throws IOException {
    if (segment.toString().endsWith(".journal")) {
      return Files.readAllBytes(segment);
    }
    Path queue =
        list(segment).stream().filter(file -> file.toString().endsWith(".cq4")).findAny().get();
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(queue)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer frames = ByteBuffer.allocate(file.limit());
    int at = 0;
    for (int header; at + 4 <= file.limit() && (header = file.getInt(at)) != 0; ) {
      int length = header & 0x3fff_ffff;
      require(header > 0, "complete");
      if ((header & 0x4000_0000) == 0) {
        frames.put(file.slice(at + 4, length));
      }
      at += 4 + (length + 3) / 4 * 4;
    }
    byte[] found = new byte[frames.position()];
    frames.get(0, found);
    return found;
  }

  /** The CRC32C that stands at the end of the metadata, and the one that should. */
  static boolean metadataIsRight(Path checkpoint) throws IOException {
    String text = Files.readString(checkpoint.resolve("metadata.json"));
    int end = text.indexOf(",\"crc32c\":");
    int crc = crc(ByteBuffer.wrap(text.substring(0, end).getBytes(StandardCharsets.US_ASCII)));
    return text.substring(end).equals(",\"crc32c\":\"%08x\"}\n".formatted(crc));
  }

  /** The text of a line of a manifest; refuses one that is not whole. */
  static String manifestText(String line) throws IOException {
    String text = line.substring(9);
    int crc = crc(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    require(line.startsWith("%08x ".formatted(crc)), "line");
    return text;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static void require(boolean right, String what) throws IOException {
    if (!right) {
      throw new IOException("wrong: " + what);
    }
  }
}
