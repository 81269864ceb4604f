package org.zosgrid.node.api;

/** A gateway route that a contract allows; {@code active} once it was exposed. */
public record RouteStatus(String deployment, String route, String host, String backend, boolean active) {}
