package io.millrace.state.storage;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;

/**
 * The disk, or this user's share of it, has no room for what was to be written. What failed may be
 * done again, from the start, when there is room; forcing a file or a directory never fails like
 * this.
 */
public final class StorageFullException extends MillraceException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message starts with the path and the operation
   * @param cause null if there is none
   */
  public StorageFullException(String message, IOException cause) {
    super(ErrorCode.RESOURCES, message, cause);
  }
}
