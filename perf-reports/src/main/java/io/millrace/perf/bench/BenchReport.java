package io.millrace.perf.bench;

import io.millrace.perf.process.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Writes a report's folder: raw figures, a page of Markdown with pictures, and the same page with
 * its pictures in it, which needs nothing else to be read.
 */
public final class BenchReport {
  private static final Pattern PICTURE = Pattern.compile("<img src=\"([^\"]+)\"[^>]*/>");
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:1150px;margin:2em auto}"
          + "table{border-collapse:collapse;margin:1em 0}"
          + "td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left}"
          + "svg{max-width:100%;height:auto}";

  private BenchReport() {}

  /**
   * @param folder made if it is not there
   */
  public static void write(Path folder, BenchFigures figures) {
    try {
      Files.createDirectories(folder);
      JsonFile.write(folder.resolve("bench.json"), figures);
      String text = BenchPage.of(figures);
      Files.writeString(folder.resolve("README.md"), text);
      Map<String, String> vectors = new Charts(figures, folder).write();
      Files.writeString(folder.resolve("index.html"), html(text, vectors));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }

  private static String html(String text, Map<String, String> vectors) {
    List<Extension> extensions = List.of(TablesExtension.create());
    String body =
        HtmlRenderer.builder()
            .extensions(extensions)
            .build()
            .render(Parser.builder().extensions(extensions).build().parse(text));
    StringBuilder page =
        new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>Side by side</title>")
            .append("<style>" + STYLE + "</style>");
    Matcher picture = PICTURE.matcher(body);
    int from = 0;
    while (picture.find()) {
      String svg = vectors.get(picture.group(1));
      page.append(body, from, picture.start()).append(svg, svg.indexOf("<svg"), svg.length());
      from = picture.end();
    }
    return page.append(body, from, body.length()).append('\n').toString();
  }
}
