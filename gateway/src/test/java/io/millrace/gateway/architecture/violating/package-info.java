/** Code that breaks every rule of the house once, laid out as the house is. */
package io.millrace.gateway.architecture.violating;
