/**
 * Arquillian's view of the control plane: a container whose start is a stage of real processes. The one deployment is the application itself with
 * the tests added, so deploying means starting the launcher on it, once for all test classes; they share the process as users would.
 */
@NullMarked
package org.zosgrid.tests.container;

import org.jspecify.annotations.NullMarked;
