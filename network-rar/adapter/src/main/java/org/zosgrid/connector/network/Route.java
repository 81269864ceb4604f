package org.zosgrid.connector.network;

/** A route that a contract allows on a gateway; {@code open} once it was exposed. */
public record Route(String deployment, String name, String host, String backend, boolean open) {}
