package org.zosgrid.workloads.organisation;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.engine.OwnTransaction;
import org.zosgrid.workloads.trust.Trust;

/** Takes the keys of every trust root for its organisation when the server starts; a key or a node of two organisations ends the start. */
@Singleton
@Startup
@DependsOn("DatabaseSchema")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ClaimKeys {
    @EJB private OwnTransaction own;
    @Inject private KnownOrganisations organisations;
    @Inject private TakeKeys keys;
    @Inject private Trust trust;

    @PostConstruct
    void claim() {
        organisations.each(this::current);
    }

    private void current() {
        OwnTransaction.Result<Boolean> taken = own.call(() -> {
            List<Fault> faults = organisations.faults(trust.root());
            if (!faults.isEmpty()) {
                throw new ContractException(faults);
            }
            trust.roots().forEach(keys::take);
            return true;
        });
        if (taken.failure() != null) {
            throw new IllegalStateException("the trust root of the organisation " + CurrentOrganisation.name() + " cannot be its own: " + taken.failure().getMessage(), taken.failure());
        }
    }
}
