package io.millrace.connectors.files;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every file that was ever planned, and how it was then: one look-up per listed file.
 *
 * <p>A file is forgotten when three things hold: the last listing does not show it; that listing
 * shows another file that was planned, so it is no empty folder where a disk is not mounted; and
 * the file is older than the newest one by more than a given age.
 */
final class SeenFiles {
  private static final int ROUGHLY_BYTES_PER_FILE = 48;

  private static final class Seen {
    final PlannedFile file;
    long lastListing;
    boolean changed;

    Seen(PlannedFile file, long lastListing) {
      this.file = file;
      this.lastListing = lastListing;
    }
  }

  /** Of this kind because its iterators go on while files are added. */
  private final Map<String, Seen> files = new ConcurrentHashMap<>();

  private final long maxAgeUs;
  private long newestUs = Long.MIN_VALUE;
  private long listing;
  private boolean anyListed;

  /**
   * @param maxAgeUs see above
   */
  SeenFiles(long maxAgeUs) {
    this.maxAgeUs = maxAgeUs;
  }

  void add(PlannedFile file) {
    files.put(file.name(), new Seen(file, listing));
    newestUs = Math.max(newestUs, file.modifiedUs());
  }

  /** A new listing follows, file by file. */
  void beginListing() {
    listing++;
    anyListed = false;
  }

  /** Whether a file of the listing was planned before. */
  boolean listed(String name) {
    Seen seen = files.get(name);
    if (seen == null) {
      return false;
    }
    seen.lastListing = listing;
    anyListed = true;
    return true;
  }

  /**
   * Whether a file is no longer as it was planned and nobody was told so yet. Files that were never
   * planned have not changed.
   */
  boolean isNewlyChanged(String name, long modifiedUs, long sizeBytes) {
    Seen seen = files.get(name);
    if (seen == null
        || seen.changed
        || (seen.file.modifiedUs() == modifiedUs && seen.file.sizeBytes() == sizeBytes)) {
      return false;
    }
    seen.changed = true;
    return true;
  }

  private boolean isForgotten(Seen seen) {
    return anyListed && seen.lastListing < listing && newestUs - seen.file.modifiedUs() > maxAgeUs;
  }

  /**
   * Lists of the files there are, each as text of about that many bytes; at least one list. Files
   * to be forgotten are left out, and forgotten. Files may be added meanwhile.
   */
  Iterator<String> pieces(int pieceBytes) {
    Iterator<Seen> all = files.values().iterator();
    return new Iterator<>() {
      private boolean more = true;

      @Override
      public boolean hasNext() {
        return more;
      }

      @Override
      public String next() {
        if (!more) {
          throw new NoSuchElementException("all files were listed");
        }
        String text = PlannedFiles.write(take(all, pieceBytes));
        more = all.hasNext();
        return text;
      }
    };
  }

  private List<PlannedFile> take(Iterator<Seen> from, int pieceBytes) {
    List<PlannedFile> taken = new ArrayList<>();
    for (int bytes = 0; bytes < pieceBytes && from.hasNext(); ) {
      Seen seen = from.next();
      bytes += ROUGHLY_BYTES_PER_FILE + seen.file.name().length();
      if (isForgotten(seen)) {
        from.remove();
      } else {
        taken.add(seen.file);
      }
    }
    return taken;
  }
}
