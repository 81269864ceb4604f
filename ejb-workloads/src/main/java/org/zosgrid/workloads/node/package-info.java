/**
 * Asks nodes how they are, for people who look at them. Nothing is decided by the answers: what counts is what nodes signed. Start with {@code AskNodes}.
 */
@NullMarked
package org.zosgrid.workloads.node;

import org.jspecify.annotations.NullMarked;
