/**
 * What a node answers over HTTPS on the management network, and the client that asks.
 *
 * <p>Only the control plane's certificate is let in, and nothing here can start anything: what runs is decided by contracts in the node's log. Start
 * reading at {@link org.zosgrid.node.api.NodeOperations}.
 */
@NullMarked
package org.zosgrid.node.api;

import org.jspecify.annotations.NullMarked;
