package org.zosgrid.workloads.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.KeyOwners;

/** Takes the keys that a trust root names for the current organisation, in the caller's transaction. */
@ApplicationScoped
public class TakeKeys {
    @Inject private KeyOwners owners;

    /** @throws ContractException for a key of another organisation; then nothing may be committed */
    public void take(TrustRoot root) {
        Optional<String> foreign = owners.take(root.keys().keySet().stream().map(KeyId::hex).toList());
        if (foreign.isPresent()) {
            throw new ContractException("keys", "must be keys that no other trust root at this server has, or had", foreign.get());
        }
    }
}
