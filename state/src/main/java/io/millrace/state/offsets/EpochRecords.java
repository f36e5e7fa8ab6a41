package io.millrace.state.offsets;

/** Is told of the records of an offsets journal, in order, each with the size of its payload. */
interface EpochRecords {
  void planned(long sequence, Plan plan, int payloadBytes);

  void committed(long sequence, Commit commit, int payloadBytes);

  void remembered(long sequence, Memory piece, int payloadBytes);
}
