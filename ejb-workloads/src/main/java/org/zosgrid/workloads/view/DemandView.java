package org.zosgrid.workloads.view;

import java.util.List;
import org.zosgrid.contract.document.Demand;

/**
 * What decision tables demand of a document that nobody has signed yet.
 *
 * @param binding what the document must bind: what tables demand beyond the rules
 * @param tables what each of them says
 */
public record DemandView(Demand binding, List<OfTable> tables) {

    /**
     * One table's word.
     *
     * @param table the id of its decision
     */
    public record OfTable(String table, Demand demand) {}
}
