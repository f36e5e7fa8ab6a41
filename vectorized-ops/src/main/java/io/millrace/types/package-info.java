/** Schemas, data types, rows and errors: the vocabulary that every module shares. */
package io.millrace.types;
