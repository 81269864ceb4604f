package org.zosgrid.workloads.rotation;

import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRootStore;
import org.zosgrid.workloads.trust.Trust;

/** Keeps the chain in files too, {@code trust-roots} in the control plane's state: the hub and the adapter to images follow it there. */
@Singleton
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class KeepTrustRoots {
    @Inject
    @ConfigProperty(name = "zos.state")
    private String state;

    @Inject private Trust trust;

    private @Nullable TrustRootStore store;

    /** Writes down what is missing there; what is committed only. */
    public void keep() {
        List<Envelope> chain = trust.chain();
        TrustRootStore files = store;
        if (files == null) {
            files = TrustRootStore.open(Path.of(state).resolve("trust-roots"), chain.getFirst());
            store = files;
        }
        chain.stream().skip(files.chain().size()).forEach(files::advance);
    }
}
