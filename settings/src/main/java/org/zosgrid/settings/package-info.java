/**
 * Every setting of the control plane, in one catalogue: {@link org.zosgrid.settings.Setting}. {@link org.zosgrid.settings.Settings} reads them from a file and
 * the environment, and reports every fault at once.
 *
 * <p>The launcher, the application inside the server and the command line all read settings by this one code, so it knows none of them. It holds no secret:
 * a setting may only name a file with one.
 */
@NullMarked
package org.zosgrid.settings;

import org.jspecify.annotations.NullMarked;
