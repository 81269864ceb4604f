package org.zosgrid.workloads.rotation;

import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.trust.TrustRootStore;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.trust.Trust;

/** Keeps the chain in files too, {@code trust-roots} in the control plane's state: the hub and the adapter to images follow it there. */
@Singleton
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class KeepTrustRoots {
    @Inject
    @ConfigProperty(name = "zos.state")
    private String state;

    @Inject private Trust trust;

    private final Map<String, TrustRootStore> stores = new HashMap<>();

    /** Writes down what is missing there; what is committed only. */
    public void keep() {
        List<Envelope> chain = trust.chain();
        TrustRootStore files = stores.computeIfAbsent(CurrentOrganisation.name(), name -> TrustRootStore.open(folder(), chain.getFirst()));
        chain.stream().skip(files.chain().size()).forEach(files::advance);
    }

    /** Those of other organisations beside the default one's. */
    private Path folder() {
        Path all = Path.of(state).resolve("trust-roots");
        return CurrentOrganisation.isDefault() ? all : all.resolveSibling("trust-roots-of").resolve(CurrentOrganisation.name());
    }
}
