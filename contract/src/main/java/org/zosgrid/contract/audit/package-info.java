/**
 * One file that proves the history of one deployment to somebody who has nothing but a trust root: documents, signatures, ledger entries with their proofs, and
 * the nodes' receipts. {@link org.zosgrid.contract.audit.AuditBundle} writes, reads and verifies it; no service is asked.
 */
@NullMarked
package org.zosgrid.contract.audit;

import org.jspecify.annotations.NullMarked;
