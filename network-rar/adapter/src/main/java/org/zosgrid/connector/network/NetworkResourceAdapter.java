package org.zosgrid.connector.network;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The adapter to the nodes' interfaces as the container runs it: reads its configuration at the start. */
@Connector(
        displayName = "Node interfaces",
        description = "Overlay, workloads and gateway routes of the nodes",
        vendorName = "zosgrid",
        eisType = "node",
        version = "0.1",
        transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public final class NetworkResourceAdapter implements ResourceAdapter {
    private @Nullable String inventory;
    private @Nullable String tlsDirectory;
    private @Nullable NodeInterfaces interfaces;

    public @Nullable String getInventory() {
        return inventory;
    }

    @ConfigProperty(description = "path of the JSON file that lists the nodes and their addresses")
    public void setInventory(@Nullable String inventory) {
        this.inventory = inventory;
    }

    public @Nullable String getTlsDirectory() {
        return tlsDirectory;
    }

    @ConfigProperty(description = "directory with certificate.pem, key.pem and authority.pem for the management network")
    public void setTlsDirectory(@Nullable String tlsDirectory) {
        this.tlsDirectory = tlsDirectory;
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        interfaces = NodeInterfaces.read(inventory, tlsDirectory);
    }

    @Override
    public void stop() {
        interfaces = null;
    }

    NodeInterfaces interfaces() throws ResourceException {
        if (interfaces == null) {
            throw new jakarta.resource.spi.IllegalStateException("the adapter to the nodes' interfaces has not been started");
        }
        return interfaces;
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec activation) throws ResourceException {
        throw new NotSupportedException("this adapter delivers no messages");
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec activation) {
        // none was ever activated
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] activations) {
        return new XAResource[0];
    }
}
