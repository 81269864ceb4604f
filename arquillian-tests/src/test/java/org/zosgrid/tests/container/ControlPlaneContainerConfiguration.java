package org.zosgrid.tests.container;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** Nothing to configure: the stage finds its own ports and directories. */
public final class ControlPlaneContainerConfiguration implements ContainerConfiguration {
    @Override
    public void validate() {
        // always valid
    }
}
