/**
 * Who shares this installation, and how each is kept to its own: {@link org.zosgrid.workloads.organisation.KnownOrganisations} reads the operator's file, and
 * {@link org.zosgrid.workloads.organisation.ClaimKeys} sees to it that a key or a node belongs to one organisation only. Whose tables are read is decided below, in
 * {@link org.zosgrid.model.CurrentOrganisation}.
 */
@NullMarked
package org.zosgrid.workloads.organisation;

import org.jspecify.annotations.NullMarked;
