package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.LedgerRecord;
import org.zosgrid.model.LedgerSearch;
import org.zosgrid.workloads.view.DecisionQuery;
import org.zosgrid.workloads.view.LedgerLine;
import org.zosgrid.workloads.view.Page;

/** Finds decisions again. That one is not found proves nothing: what proves are the ledger's tiles. */
@Stateless
public class SearchLedger {
    @Inject private Ledger ledger;

    /**
     * The newest first.
     *
     * @param below an index: the cursor of the page before, otherwise {@link Long#MAX_VALUE}
     * @param limit 1 to 500
     */
    public Page<LedgerLine> search(DecisionQuery query, long below, int limit) {
        List<LedgerRecord> found = ledger.search(new LedgerSearch(query.kind(), query.name(), query.words(), query.since(), query.until()), below, limit + 1);
        boolean more = found.size() > limit;
        List<LedgerRecord> page = more ? found.subList(0, limit) : found;
        return new Page<>(page.stream().map(ReadLedger::line).toList(), more ? Optional.of(Long.toString(page.getLast().index())) : Optional.empty());
    }
}
