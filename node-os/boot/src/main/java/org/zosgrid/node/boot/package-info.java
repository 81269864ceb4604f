/**
 * A verified start: a node runs only from a release whose every file stands, with its fingerprint, in a manifest that the boot signers signed.
 *
 * <p>The files are read once, checked, and loaded from exactly the bytes that were checked, so that nothing can be exchanged in between. Knows nothing of
 * the node but the name of its main class. Start reading at {@link org.zosgrid.node.boot.Boot}.
 */
@NullMarked
package org.zosgrid.node.boot;

import org.jspecify.annotations.NullMarked;
