/** A whole system on one machine: control plane, hub, a compute node, a gateway node, and a namespace that plays the internet. */
@NullMarked
package org.zosgrid.cli.stage;

import org.jspecify.annotations.NullMarked;
