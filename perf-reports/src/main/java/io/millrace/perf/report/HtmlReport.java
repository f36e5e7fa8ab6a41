package io.millrace.perf.report;

import io.millrace.perf.process.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A report's folder: raw figures, {@code README.md} with pictures, and {@code index.html}, the same
 * page with its pictures in it.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * @param folder made if it is not there
   * @param raw name of the file of figures
   * @param text of the page, in Markdown
   * @param vectors as for {@link HtmlPage}; the same pictures as PNG stand in the folder
   */
  public static void write(
      Path folder,
      String raw,
      Object figures,
      String title,
      String text,
      Map<String, String> vectors) {
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve(raw), figures);
      Files.writeString(folder.resolve("README.md"), text);
      Files.writeString(folder.resolve("index.html"), HtmlPage.of(title, text, vectors));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }
}
