/**
 * Core-0, the roof of a node: reads contracts from its log, decides, makes the machine be what the accepted ones say, and reports.
 *
 * <p>Nothing is remembered but in two logs: {@code contracts}, what the node was told, and {@code receipts}, what it decided and what became of it, each
 * signed. After a crash the state is read from them again. Whoever kills this process at any point finds the same decisions afterwards, and the same
 * machines running.
 *
 * <p>Start reading at {@link org.zosgrid.node.core0.Node}, whose first screen lists the parts.
 */
@NullMarked
package org.zosgrid.node.core0;

import org.jspecify.annotations.NullMarked;
