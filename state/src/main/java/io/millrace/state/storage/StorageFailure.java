package io.millrace.state.storage;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;

/** Turns what the operating system says into path, operation, cause and what to do about it. */
final class StorageFailure {
  private static final Set<String> FULL = Set.of("No space left on device", "Disk quota exceeded");

  private StorageFailure() {}

  static MillraceException of(Path path, String operation, IOException cause) {
    String message = message(path, operation, cause);
    String reason = reason(cause);
    return reason != null && FULL.contains(reason)
        ? new StorageFullException(message, cause)
        : new MillraceException(ErrorCode.RESOURCES, message, cause);
  }

  /** Of a file or directory that could not be forced, which no room mends. */
  static MillraceException ofForce(Path path, String operation, IOException cause) {
    return new MillraceException(ErrorCode.RESOURCES, message(path, operation, cause), cause);
  }

  private static String message(Path path, String operation, IOException cause) {
    return path + ": " + operation + ": " + explain(cause);
  }

  /** What the operating system said; null if it is not known. */
  private static String reason(IOException cause) {
    return cause instanceof FileSystemException named ? named.getReason() : cause.getMessage();
  }

  private static String explain(IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> "no such file or directory: " + missing.getFile();
      case AccessDeniedException denied ->
          "permission denied: "
              + denied.getFile()
              + "; give this user read and write permission, or choose another place";
      case NotDirectoryException file ->
          file.getFile() + " is not a directory; remove the file or choose another place";
      case FileAlreadyExistsException existing ->
          existing.getFile() + " exists already and is in the way; remove it or choose another";
      case DirectoryNotEmptyException full -> "the directory is not empty: " + full.getFile();
      case ClosedByInterruptException _ -> "the thread was interrupted; start again to go on";
      case ClosedChannelException _ -> "the file is closed";
      default -> hinted(reason(cause), cause);
    };
  }

  private static String hinted(String reason, IOException cause) {
    if (reason == null) {
      return cause.toString();
    }
    return switch (reason) {
      case "No space left on device" -> reason + "; free some space";
      case "Disk quota exceeded" -> reason + "; raise the quota or free some space";
      case "Read-only file system" -> reason + "; mount it writable or choose another place";
      case "Not a directory" -> reason + "; a file stands where a directory is needed";
      case "Is a directory" -> reason + "; a directory stands where a file is needed";
      case "Too many open files" -> reason + "; raise the limit (ulimit -n)";
      default -> reason;
    };
  }
}
