package org.zosgrid.bpmn;

/** Opens and closes the routes of a deployment on its gateways. Calling twice does no harm. */
public interface Exposure {
    /**
     * Opens every route that the change names.
     *
     * @throws RefusedByNodeException if a gateway will not
     * @throws UnavailableException if a gateway cannot be reached now
     */
    void open(long change);

    /**
     * Closes every route under the change's name.
     *
     * @throws UnavailableException if a gateway cannot be reached now
     */
    void close(long change);
}
