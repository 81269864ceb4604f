/**
 * Who must approve what: rules, each for a class of change. All rules that match must hold; where no rule of the trust root matches, nothing happens.
 *
 * <p>A policy is data and decides nothing alone: {@link org.zosgrid.contract.admission.Requirements} collects the rules that a change must satisfy, from
 * the trust root, from the version that runs and from the document itself. Start reading at {@link org.zosgrid.contract.policy.Policy}.
 */
@NullMarked
package org.zosgrid.contract.policy;

import org.jspecify.annotations.NullMarked;
