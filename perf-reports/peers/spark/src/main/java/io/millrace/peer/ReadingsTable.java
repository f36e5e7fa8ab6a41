package io.millrace.peer;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Readings that Spark takes as a stream, all columns of them. */
abstract class ReadingsTable implements SupportsRead, ScanBuilder, Scan {
  static final StructType SCHEMA =
      StructType.fromDDL("deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE");

  @Override
  public String name() {
    return "readings";
  }

  @Override
  @SuppressWarnings("deprecation") // columns() falls back to it
  public StructType schema() {
    return SCHEMA;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return this;
  }

  @Override
  public Scan build() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return SCHEMA;
  }
}
