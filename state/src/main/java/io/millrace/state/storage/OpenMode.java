package io.millrace.state.storage;

/** How {@link Storage#open} treats a file that exists, and one that does not. */
public enum OpenMode {
  /** Must exist; reads only. */
  READ,
  /** Must exist; reads and writes. */
  WRITE,
  /** Made if it does not exist, its bytes kept if it does; reads and writes. */
  CREATE,
  /** Must not exist; reads and writes. */
  CREATE_NEW
}
