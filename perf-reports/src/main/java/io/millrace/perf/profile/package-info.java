/** What the engine's time goes into, by samples of its threads' stacks. */
package io.millrace.perf.profile;
