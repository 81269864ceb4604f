/** JCA adapter (images). */
@NullMarked
package org.zosgrid.connector.flist;

import org.jspecify.annotations.NullMarked;
