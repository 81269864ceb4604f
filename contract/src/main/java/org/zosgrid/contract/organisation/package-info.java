/**
 * Who shares an installation without seeing each other: organisations, each with a trust root, a ledger and nodes of its own. The file is the operator's, since a trust anchor that
 * a database could change would be none.
 */
@NullMarked
package org.zosgrid.contract.organisation;

import org.jspecify.annotations.NullMarked;
