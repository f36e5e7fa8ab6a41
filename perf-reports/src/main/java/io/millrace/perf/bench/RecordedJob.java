package io.millrace.perf.bench;

import io.millrace.perf.job.Job;
import io.millrace.perf.profile.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import jdk.jfr.Recording;

/**
 * The workloads on Millrace, recorded: all passes but the first, which is cold, each into a file of
 * its own. The word {@code recordings} says in which folder.
 */
public final class RecordedJob {
  private static final String FOLDER = "recordings=";

  private RecordedJob() {}

  public static void main(String[] arguments) throws Exception {
    String folder =
        Arrays.stream(arguments)
            .filter(argument -> argument.startsWith(FOLDER))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(FOLDER + "... is missing"))
            .substring(FOLDER.length());
    MillraceJob.run(new Job(arguments), pass -> new Recorded(pass, Path.of(folder)));
  }

  /** Starts and ends recordings between passes, where nothing is measured. */
  private static final class Recorded implements Job.Pass {
    private final Job.Pass pass;
    private final Path folder;
    private Recording recording;
    private int passes;

    Recorded(Job.Pass pass, Path folder) {
      this.pass = pass;
      this.folder = folder;
    }

    @Override
    public void prepare() throws Exception {
      pass.prepare();
      if (passes++ > 0) {
        recording = Samples.recording();
        recording.start();
      }
    }

    @Override
    public Runnable run(Path place) throws Exception {
      Runnable rest = pass.run(place);
      return () -> {
        keep();
        rest.run();
      };
    }

    private void keep() {
      if (recording == null) {
        return;
      }
      try (Recording over = recording) {
        over.stop();
        over.dump(folder.resolve(String.format(Locale.ROOT, "%03d.jfr", passes)));
      } catch (IOException e) {
        throw new UncheckedIOException("keeping a recording in " + folder, e);
      }
    }
  }
}
