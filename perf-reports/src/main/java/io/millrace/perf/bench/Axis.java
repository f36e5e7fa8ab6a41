package io.millrace.perf.bench;

import io.millrace.perf.bench.ScaleFigures.Settings;
import java.util.List;
import java.util.Locale;

/** What grows while the rest stays. */
enum Axis {
  ROWS("readings"),
  DEVICES("devices"),
  THREADS("threads"),
  QUERIES("queries at once");

  private final String title;

  Axis(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The name of a picture. */
  String picture(String figure) {
    return name().toLowerCase(Locale.ROOT) + "-" + figure + ".png";
  }

  long value(Size size) {
    return switch (this) {
      case ROWS -> size.rows();
      case DEVICES -> size.devices();
      case THREADS -> size.threads();
      case QUERIES -> size.queries();
    };
  }

  /** From the smallest on. */
  List<Size> sizes(Settings settings) {
    Size base = settings.base();
    return switch (this) {
      case ROWS ->
          settings.rows().stream()
              .map(rows -> new Size(rows, base.devices(), base.threads(), base.queries()))
              .toList();
      case DEVICES ->
          settings.devices().stream()
              .map(devices -> new Size(base.rows(), devices, base.threads(), base.queries()))
              .toList();
      case THREADS ->
          settings.threads().stream()
              .map(threads -> new Size(base.rows(), base.devices(), threads, base.queries()))
              .toList();
      case QUERIES ->
          settings.queries().stream()
              .map(queries -> new Size(base.rows(), base.devices(), base.threads(), queries))
              .toList();
    };
  }
}
