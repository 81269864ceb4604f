/**
 * What the control plane knows of trust: the chain of roots, the newest of which it shows people and checks early against, and the ledger's keys. Nodes have a root of their own and
 * never ask for this one.
 */
@NullMarked
package org.zosgrid.workloads.trust;

import org.jspecify.annotations.NullMarked;
