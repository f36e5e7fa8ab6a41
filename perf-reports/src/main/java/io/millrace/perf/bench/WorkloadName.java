package io.millrace.perf.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds the workload that a command line names. */
final class WorkloadName implements ITypeConverter<Workload> {
  @Override
  public Workload convert(String name) {
    try {
      return Workload.of(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
