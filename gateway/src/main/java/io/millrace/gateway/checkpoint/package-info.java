/** What a look at a checkpoint is shown as. */
package io.millrace.gateway.checkpoint;
