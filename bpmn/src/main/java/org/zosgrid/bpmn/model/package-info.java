/**
 * Models that customers draw: what they are built from, how they are checked, and what the engine gets instead of them.
 *
 * <p>A model names {@link org.zosgrid.bpmn.model.Block blocks}; {@link org.zosgrid.bpmn.model.ModelCheck} reads it by a list of what is allowed, plays
 * every way through it, and returns {@link org.zosgrid.bpmn.model.Finding findings}. A model without any is compiled by
 * {@link org.zosgrid.bpmn.model.CheckedModel}: the engine never reads the customer's file, only what is written here from what was understood of it.
 * The built-in models and what the compiler writes pass the same play, in the engine's own terms.
 */
@NullMarked
package org.zosgrid.bpmn.model;

import org.jspecify.annotations.NullMarked;
