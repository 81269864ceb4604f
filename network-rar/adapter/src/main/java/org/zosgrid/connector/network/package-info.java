/**
 * JCA adapter to the nodes' interfaces on the management network: how a node is, which routes its gateway has, what its machines print, and
 * whether it signs a checkpoint of the ledger as a witness.
 *
 * <p>A connection is to all nodes of the inventory; each call makes a TLS connection of its own to the node it names. A node that says no is a {@link
 * org.zosgrid.connector.network.NodeRefusedException}, which no repetition changes; a node that does not answer is any other resource exception.
 *
 * <p>It cannot make a node do what no contract in its log allows: the node decides for itself. The archive is deployed on its own and carries its
 * copies of {@code contract} and {@code node-api}, so none of their types crosses this door. Start reading at {@code NodeInterfaces}.
 */
@NullMarked
package org.zosgrid.connector.network;

import org.jspecify.annotations.NullMarked;
