/** Names and types resolved, and the plan made cheaper, before anything starts. */
package io.millrace.analysis;
