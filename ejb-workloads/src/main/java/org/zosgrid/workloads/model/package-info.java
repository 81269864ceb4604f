/**
 * Customers' processes and decision tables: checked among what is configured here, put in force after their approval, and given what their blocks ask for. The language they are
 * drawn in, the check and the compiler are in the {@code bpmn} module.
 */
@NullMarked
package org.zosgrid.workloads.model;

import org.jspecify.annotations.NullMarked;
