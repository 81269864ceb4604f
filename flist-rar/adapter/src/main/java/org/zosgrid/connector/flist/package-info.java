/**
 * JCA adapter to the image hub and to the nodes' image caches.
 *
 * <p>The hub is believed nothing. An image counts only if its signed manifest carries the name that was asked for, the image signers' threshold of the
 * trust root has signed it, and the flist it names is there and has its fingerprint. What is not so is an {@link
 * org.zosgrid.connector.flist.ImageException}, which no repetition changes; a hub or node that does not answer is any other resource exception.
 *
 * <p>It never looks into an image's chunks: nodes check these one by one when they read them. The archive is deployed on its own and carries its copies
 * of {@code contract}, {@code flist} and {@code node-api}, so none of their types crosses this door. Start reading at {@code VerifiedImages}.
 */
@NullMarked
package org.zosgrid.connector.flist;

import org.jspecify.annotations.NullMarked;
