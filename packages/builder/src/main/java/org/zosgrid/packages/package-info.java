/**
 * Packs the control plane that the build assembled: an OCI image, written without a container engine, and a Debian package with a hardened systemd unit,
 * each beside the bill of materials. Given the same sources and the same JDK, every byte comes out the same: {@code ./zos package --verify} builds twice and compares.
 */
@NullMarked
package org.zosgrid.packages;

import org.jspecify.annotations.NullMarked;
