/**
 * Coverage-guided fuzzing of everything in {@code contract} that reads what a stranger may send, with Jazzer. Each class is one target and runs in a JVM of its own for a
 * minute; {@code docs/fuzzing.md} says how to run one for longer and how to repeat a finding.
 *
 * <p>Every target holds the same promises: a parser ends in a value or in a {@link org.zosgrid.contract.ContractException}; a value that is written and read again is equal;
 * what verifies under the keys of the test vectors is what stands in them; and one input takes neither 20 seconds nor the JVM's memory.
 */
@NullMarked
package org.zosgrid.fuzz;

import org.jspecify.annotations.NullMarked;
