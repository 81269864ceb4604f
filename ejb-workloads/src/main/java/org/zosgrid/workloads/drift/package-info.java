/**
 * What nodes say has drifted and do not mend by themselves. {@link org.zosgrid.workloads.drift.OpenDrift} begins a process when a receipt says so,
 * {@link org.zosgrid.workloads.drift.TellDrifts} tells it from what is kept what the node and other changes have done since, and
 * {@link org.zosgrid.workloads.drift.DriftRepair} is what the process has done. Nothing here can make a node do anything: what is sent again is the sealed contract
 * that the node accepted before, and a node takes it once more only where it said itself that it drifted.
 */
@NullMarked
package org.zosgrid.workloads.drift;

import org.jspecify.annotations.NullMarked;
