/**
 * Tests of the whole: of the architecture, and inside the running control plane against real nodes.
 *
 * <p>What runs is what is shipped: {@link org.zosgrid.tests.ControlPlaneApplication} takes the built EAR and adds one WAR with the tests to
 * it, and {@code container} starts it with the launcher of the installation on a stage of its own (two nodes in network namespaces, an image
 * hub), once for all tests. Root and the kernel's namespaces are needed. Start reading at {@code DeploymentIT}: it follows one deployment.
 */
@NullMarked
package org.zosgrid.tests;

import org.jspecify.annotations.NullMarked;
