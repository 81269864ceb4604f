/**
 * The language of conditions in models that customers draw: {@code environment = "production" and (exposed or machines > 16)}.
 *
 * <p>It is small and total: every text either has a precise fault or is true or false for every change, in time that its length bounds. There are
 * comparisons, {@code and}, {@code or}, {@code not} and literals; there are no calls, no loops, no assignment and no way to a Java object. What may be
 * named stands in {@link org.zosgrid.bpmn.condition.Variable}. Start reading with {@link org.zosgrid.bpmn.condition.Condition}.
 */
@NullMarked
package org.zosgrid.bpmn.condition;

import org.jspecify.annotations.NullMarked;
