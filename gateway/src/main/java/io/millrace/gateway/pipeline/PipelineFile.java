package io.millrace.gateway.pipeline;

import io.millrace.gateway.terminal.Secrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads a pipeline file from disk. */
public final class PipelineFile {
  private PipelineFile() {}

  /**
   * @param environment the value of an environment variable, or null
   * @param secrets told of every value that is filled in
   * @throws InvalidPipelineException with everything that is wrong with the file, if anything is
   */
  public static Pipeline parse(Path file, UnaryOperator<String> environment, Secrets secrets) {
    Problems problems = new Problems(file.toString());
    Pipeline pipeline = reader(file, problems).read(content(file, environment, secrets, problems));
    problems.check();
    return pipeline;
  }

  /**
   * Reads a file and checks what it asks for; a mistake in one place keeps no other from being
   * found.
   *
   * @throws InvalidPipelineException with everything that is wrong
   */
  public static PreparedPipeline prepare(
      Path file, UnaryOperator<String> environment, Secrets secrets) {
    Problems problems = new Problems(file.toString());
    YamlMapping content = content(file, environment, secrets, problems);
    PipelineReader reader = reader(file, problems);
    Pipeline pipeline = reader.read(content);
    if (problems.isEmpty()) {
      return PreparedPipeline.of(pipeline);
    }
    PreparedPipeline.check(pipeline, reader.broken(), problems);
    throw problems.exception();
  }

  private static PipelineReader reader(Path file, Problems problems) {
    return new PipelineReader(file.toString(), folder(file), problems);
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
  }

  private static YamlMapping content(
      Path file, UnaryOperator<String> environment, Secrets secrets, Problems problems) {
    Optional<Node> root = compose(read(file, problems), problems);
    problems.check();
    Placeholders placeholders = new Placeholders(folder(file), environment, secrets);
    YamlMapping content = YamlMapping.of(root.orElseThrow(), "the file", 1, placeholders, problems);
    if (content.keys().isEmpty()) {
      problems.check();
    }
    return content;
  }

  private static String read(Path file, Problems problems) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      problems.add(1, "the file does not exist");
    } catch (AccessDeniedException e) {
      problems.add(1, "the file may not be read");
    } catch (CharacterCodingException e) {
      problems.add(1, "the file is not UTF-8 text");
    } catch (IOException e) {
      problems.add(1, "the file cannot be read: " + e.getMessage());
    }
    throw problems.exception();
  }

  private static Optional<Node> compose(String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new FailsafeSchema()).setAllowNonScalarKeys(true).build();
    Optional<Node> root = Optional.empty();
    try {
      root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(1, "the file is empty");
      }
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      problems.add(mark.map(at -> at.getLine() + 1).orElse(1), message(e));
    } catch (YamlEngineException e) {
      problems.add(1, e.getMessage());
    } catch (StackOverflowError e) {
      problems.add(1, "the file is nested too deep");
    }
    return root;
  }

  private static String message(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
    String hint = problem.contains("TAB") ? "; indent with spaces" : "";
    return (e.getContext() == null || e.getContext().equals(problem)
            ? problem
            : e.getContext() + ": " + problem)
        + hint;
  }
}
