package org.zosgrid.connector.flist;

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
import java.util.HashMap;
import java.util.Map;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The adapter to images as the container runs it: reads its configuration and the trust root at the start. */
@Connector(
        displayName = "Images",
        description = "Signed images of the hub, and the image caches of the nodes",
        vendorName = "zosgrid",
        eisType = "image hub",
        version = "0.1",
        transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public final class ImageResourceAdapter implements ResourceAdapter {
    private @Nullable String inventory;
    private @Nullable String tlsDirectory;
    private @Nullable String trustRoot;
    private @Nullable String trustRoots;
    private @Nullable String hub;
    private @Nullable String organisations;
    private Map<String, VerifiedImages> images = Map.of();

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

    public @Nullable String getTrustRoot() {
        return trustRoot;
    }

    @ConfigProperty(description = "path of the trust root's signed envelope: its image signers count")
    public void setTrustRoot(@Nullable String trustRoot) {
        this.trustRoot = trustRoot;
    }

    public @Nullable String getTrustRoots() {
        return trustRoots;
    }

    @ConfigProperty(description = "directory in which later versions of the trust root appear; not set: the one alone counts")
    public void setTrustRoots(@Nullable String trustRoots) {
        this.trustRoots = trustRoots;
    }

    public @Nullable String getOrganisations() {
        return organisations;
    }

    @ConfigProperty(description = "path of the JSON file that lists organisations with hubs and trust roots of their own; not set: there is one organisation")
    public void setOrganisations(@Nullable String organisations) {
        this.organisations = organisations;
    }

    public @Nullable String getHub() {
        return hub;
    }

    @ConfigProperty(description = "URL of the image hub")
    public void setHub(@Nullable String hub) {
        this.hub = hub;
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        Map<String, VerifiedImages> started = new HashMap<>();
        AdapterConfiguration.ofAll(AdapterConfiguration.read(inventory, tlsDirectory, trustRoot, trustRoots, hub), trustRoots, organisations)
                .forEach((organisation, configuration) -> started.put(organisation, new VerifiedImages(configuration)));
        images = Map.copyOf(started);
    }

    @Override
    public void stop() {
        Map<String, VerifiedImages> ending = images;
        images = Map.of();
        ending.values().forEach(VerifiedImages::close);
    }

    Map<String, VerifiedImages> images() throws ResourceException {
        if (images.isEmpty()) {
            throw new jakarta.resource.spi.IllegalStateException("the adapter to the image hub has not been started");
        }
        return images;
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
