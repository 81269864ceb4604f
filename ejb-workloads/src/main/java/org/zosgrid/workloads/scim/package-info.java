/**
 * How a provisioning service speaks of accounts and groups: SCIM 2.0, RFC 7643 (what is said) and RFC 7644 (how). {@link org.zosgrid.workloads.scim.Filter} and
 * {@link org.zosgrid.workloads.scim.PatchPath} read its two small languages, {@link org.zosgrid.workloads.scim.Patch} changes a resource's JSON, and
 * {@link org.zosgrid.workloads.scim.UserJson} and {@link org.zosgrid.workloads.scim.GroupJson} turn accounts and groups into that JSON and back. The use cases are
 * {@link org.zosgrid.workloads.ProvisionUsers} and {@link org.zosgrid.workloads.ProvisionGroups}.
 */
@NullMarked
package org.zosgrid.workloads.scim;

import org.jspecify.annotations.NullMarked;
