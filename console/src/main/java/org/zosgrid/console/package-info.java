/**
 * The control plane's REST interface: a thin layer over the session beans of {@code org.zosgrid.workloads}.
 *
 * <p>{@link org.zosgrid.console.RestApplication} lists every resource. Before any of them is reached, {@link org.zosgrid.console.AuthenticationFilter} has
 * read the whole body and has had the request's signature checked; only {@code /api/health} and the description of the interface go without. What goes
 * wrong, wherever it does, becomes a {@link org.zosgrid.console.Problem}. The interface is described in {@code openapi.yaml}, which a test holds against the
 * resources and their answers.
 *
 * <p>Nothing is decided here: who may do what, and whether a document is right, the use cases say. Nothing is kept here either: there is no session.
 */
@NullMarked
package org.zosgrid.console;

import org.jspecify.annotations.NullMarked;
