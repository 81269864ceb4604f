/** The trust root: who may do what, in the manner of TUF's root role. Every node pins one version and follows the chain; people are counted, not keys. */
@NullMarked
package org.zosgrid.contract.trust;

import org.jspecify.annotations.NullMarked;
