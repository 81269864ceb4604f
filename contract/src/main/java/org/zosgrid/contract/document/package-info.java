/** The documents people and nodes sign: strict JSON, every fault reported at once, nothing unknown accepted. */
@NullMarked
package org.zosgrid.contract.document;

import org.jspecify.annotations.NullMarked;
