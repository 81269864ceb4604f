/** Which nodes there are and where they answer on the management network. */
@NullMarked
package org.zosgrid.contract.inventory;

import org.jspecify.annotations.NullMarked;
