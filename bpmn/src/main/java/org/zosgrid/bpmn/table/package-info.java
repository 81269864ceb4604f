/**
 * Decision tables of customers: how many people, and of which groups, must approve a change.
 *
 * <p>A table is DMN with nothing in its cells but literals, comparisons, ranges and lists. {@link org.zosgrid.bpmn.table.TableCheck} reads it by a list of
 * what is allowed, tries it on every change that could matter against the floor, and runs the examples that are kept beside it. The engine gets
 * {@link org.zosgrid.bpmn.table.Table#forTheEngine}, written from what was understood.
 */
@NullMarked
package org.zosgrid.bpmn.table;

import org.jspecify.annotations.NullMarked;
