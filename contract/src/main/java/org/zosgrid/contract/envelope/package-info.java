/** DSSE envelopes: many signatures over the same bytes, which are never serialised again. */
@NullMarked
package org.zosgrid.contract.envelope;

import org.jspecify.annotations.NullMarked;
