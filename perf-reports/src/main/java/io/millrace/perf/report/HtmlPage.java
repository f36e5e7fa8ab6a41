package io.millrace.perf.report;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A page of Markdown as HTML with its pictures in it, which needs nothing else to be read. */
public final class HtmlPage {
  private static final Pattern PICTURE = Pattern.compile("<img src=\"([^\"]+)\"[^>]*/>");
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:1150px;margin:2em auto}"
          + "table{border-collapse:collapse;margin:1em 0}"
          + "td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left}"
          + "svg{max-width:100%;height:auto}";

  private HtmlPage() {}

  /**
   * @param vectors SVG by the names of the page's pictures, all of which must be there
   */
  public static String of(String title, String markdown, Map<String, String> vectors) {
    List<Extension> extensions = List.of(TablesExtension.create());
    String body =
        HtmlRenderer.builder()
            .extensions(extensions)
            .build()
            .render(Parser.builder().extensions(extensions).build().parse(markdown));
    StringBuilder page =
        new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>" + title + "</title>")
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
