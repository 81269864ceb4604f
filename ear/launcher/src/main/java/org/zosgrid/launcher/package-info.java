/**
 * Starts the control plane as one process: PostgreSQL, Payara Micro, the three resource adapters, the EAR.
 *
 * <p>Start reading at {@link org.zosgrid.launcher.ControlPlane}: its {@code start} lists every step in order. This package owns how the control plane
 * is brought up and down, and which addresses it listens on (loopback, nothing else). It never knows what the application does: the EAR is
 * a standard one and would start on any Jakarta EE 10 server that has the same resources.
 */
@NullMarked
package org.zosgrid.launcher;

import org.jspecify.annotations.NullMarked;
