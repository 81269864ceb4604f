/** What callers get to see of changes: values, made for them, apart from the tables. */
@NullMarked
package org.zosgrid.workloads.view;

import org.jspecify.annotations.NullMarked;
