/**
 * What the process models need done, each interface of {@code bpmn} by one class.
 *
 * <p>These run inside the engine's transaction on the threads of its jobs, or in the transaction of the approval that reaches the quorum. They are
 * plain CDI beans and not session beans, since an exception that the process handles must not roll its transaction back. Whoever is about to move a
 * change locks its row first; so a node's answer never overtakes the process that waits for it.
 */
@NullMarked
package org.zosgrid.workloads.step;

import org.jspecify.annotations.NullMarked;
