package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What stands in a json sink's directory, seen from outside. */
record JsonOutput(Path path) implements Output {
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":(\\d+)");
  private static final Pattern EPOCH_OF_FILE = Pattern.compile("-e(\\d+)-");

  /** The visible files, also those in partitions' folders. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    addFiles(path, files);
    return files;
  }

  private static void addFiles(Path directory, List<Path> files) throws IOException {
    for (Path entry : list(directory)) {
      if (!entry.getFileName().toString().startsWith("_")) {
        if (Files.isDirectory(entry)) {
          addFiles(entry, files);
        } else {
          files.add(entry);
        }
      }
    }
  }

  /** Every row as text, with the name of its partition's folder before it, if it has one. */
  @Override
  public List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path file : files()) {
      assertThat(file.getFileName().toString()).matches("part-.*\\.json");
      String text = Files.readString(file);
      assertThat(text).as("%s is whole", file).endsWith("\n");
      Path folder = path.relativize(file).getParent();
      text.lines().forEach(row -> rows.add(folder == null ? row : folder + " " + row));
    }
    return rows;
  }

  /** The visible files' names and what is in them. */
  @Override
  public List<String> upTo(long epoch) throws IOException {
    List<String> files = new ArrayList<>();
    for (Path file : files()) {
      Matcher name = EPOCH_OF_FILE.matcher(file.getFileName().toString());
      assertThat(name.find()).as("an epoch in the name of %s", file).isTrue();
      if (Long.parseLong(name.group(1)) <= epoch) {
        files.add(file + ": " + Files.readString(file));
      }
    }
    return files;
  }

  @Override
  public long visible() throws IOException {
    return files().size();
  }

  /** What the query's manifests hold, one line per committed epoch. */
  String manifest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path entry : list(path.resolve("_millrace"))) {
      if (Files.isRegularFile(entry)) {
        text.append(Files.readString(entry));
      }
    }
    return text.toString();
  }

  /** How many epochs are committed. */
  @Override
  public long epochs() throws IOException {
    return manifest().lines().count();
  }

  /** Whether there are rows that readers do not see yet. */
  @Override
  public long written() throws IOException {
    for (Path entry : list(path.resolve("_millrace"))) {
      if (!list(entry).isEmpty()) {
        return 1;
      }
    }
    return 0;
  }

  /** After a clean end: one manifest that lists every file and each epoch once, nothing hidden. */
  @Override
  public void requireClean() throws IOException {
    List<Path> hidden = list(path.resolve("_millrace"));
    assertThat(hidden).hasSize(1);
    assertThat(hidden.getFirst().toString()).endsWith(".manifest");
    String manifest = manifest();
    for (Path file : files()) {
      assertThat(manifest).contains("\"" + path.relativize(file) + "\"");
    }
    List<Long> epochs =
        EPOCH.matcher(manifest).results().map(found -> Long.valueOf(found.group(1))).toList();
    assertThat(epochs)
        .containsExactlyElementsOf(LongStream.range(0, epochs.size()).boxed().toList());
  }

  /** The names in a directory, in order; none if it is no directory, or has gone meanwhile. */
  static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
