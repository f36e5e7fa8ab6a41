/** Text files: each line a row. */
package io.millrace.connectors.files.text;
