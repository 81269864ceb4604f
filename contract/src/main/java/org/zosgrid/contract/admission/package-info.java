/** The decision whether a node runs a contract: one pure, total function. No rule matched means deny. */
@NullMarked
package org.zosgrid.contract.admission;

import org.jspecify.annotations.NullMarked;
