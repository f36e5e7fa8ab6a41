package io.millrace.runtime;

import io.millrace.spi.NearestName;
import io.millrace.spi.SinkProvider;
import io.millrace.spi.SourceProvider;
import io.millrace.types.AnalysisException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** The formats on the class path. */
public final class Connectors {
  private final Map<String, SourceProvider> sources;
  private final Map<String, SinkProvider> sinks;

  private Connectors(Map<String, SourceProvider> sources, Map<String, SinkProvider> sinks) {
    this.sources = sources;
    this.sinks = sinks;
  }

  /** Looks for providers through the class loader that sees this class. */
  public static Connectors find() {
    ClassLoader loader = Connectors.class.getClassLoader();
    return new Connectors(
        byFormat(ServiceLoader.load(SourceProvider.class, loader), SourceProvider::format),
        byFormat(ServiceLoader.load(SinkProvider.class, loader), SinkProvider::format));
  }

  private static <T> Map<String, T> byFormat(ServiceLoader<T> found, Function<T, String> format) {
    Map<String, T> byFormat = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (T provider : found) {
      byFormat.put(format.apply(provider), provider);
    }
    return byFormat;
  }

  /**
   * @throws AnalysisException listing the formats there are
   */
  public SourceProvider source(String format) {
    SourceProvider provider = sources.get(format);
    if (provider == null) {
      throw unknown("source", format, sources);
    }
    return provider;
  }

  /**
   * @throws AnalysisException listing the formats there are
   */
  public SinkProvider sink(String format) {
    SinkProvider provider = sinks.get(format);
    if (provider == null) {
      throw unknown("sink", format, sinks);
    }
    return provider;
  }

  private static AnalysisException unknown(String kind, String format, Map<String, ?> known) {
    return new AnalysisException(
        "unknown "
            + kind
            + " format "
            + format
            + NearestName.suggestion(format, known.keySet())
            + "; on the class path are "
            + known.keySet());
  }
}
