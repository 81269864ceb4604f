/** Publishing images: converted and signed here, on the signer's machine, then uploaded. */
@NullMarked
package org.zosgrid.cli.image;

import org.jspecify.annotations.NullMarked;
