package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.workloads.step.Demands;
import org.zosgrid.workloads.view.DemandView;

/** Says what decision tables demand of a document before anybody signs it, by the code that later holds it to that. */
@Stateless
public class TellDemand {
    @Inject private Demands demands;

    /**
     * @param payload a change document's JSON, as it would be signed
     * @throws RefusedException INVALID if it cannot be read
     */
    public DemandView of(String payloadType, byte[] payload) {
        ChangeDocument document;
        try {
            document = ChangeDocument.parse(payloadType, payload);
        } catch (ContractException unreadable) {
            throw new RefusedException(RefusedException.Kind.INVALID, "The document is not valid", unreadable.faults());
        }
        List<Demands.OfTable> tables = demands.tables(document);
        return new DemandView(demands.binding(document, tables), tables.stream().map(each -> new DemandView.OfTable(each.table(), each.demand())).toList());
    }
}
