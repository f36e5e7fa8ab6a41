package io.millrace.gateway;

import io.millrace.gateway.terminal.Terminal;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The world of a command; tests bring their own.
 *
 * @param environment the value of an environment variable, or null
 * @param home the project's folder
 */
record Surroundings(
    Terminal terminal, UnaryOperator<String> environment, Path home, Shutdown shutdown) {}
