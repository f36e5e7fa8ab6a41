/** JSON files: each line an object, each object a row. */
package io.millrace.connectors.files.json;
