package io.millrace.runtime;

import io.millrace.spi.InputRange;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What all sources of a query must still know, piece by piece: per piece one text per source, empty
 * for those that have nothing more to say.
 */
final class SourcesMemory implements Iterator<List<String>> {
  private final List<Iterator<InputRange>> sources;

  SourcesMemory(List<SourceDriver> sources) {
    this.sources = sources.stream().map(SourceDriver::memory).toList();
  }

  @Override
  public boolean hasNext() {
    return sources.stream().anyMatch(Iterator::hasNext);
  }

  @Override
  public List<String> next() {
    String[] ranges = new String[sources.size()];
    Arrays.fill(ranges, "");
    for (int i = 0; i < ranges.length; i++) {
      if (sources.get(i).hasNext()) {
        ranges[i] = InputRangeText.of(sources.get(i).next());
        return List.of(ranges);
      }
    }
    throw new NoSuchElementException("every source has said all");
  }
}
