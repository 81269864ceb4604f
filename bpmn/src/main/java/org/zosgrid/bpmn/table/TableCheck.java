package org.zosgrid.bpmn.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.QuorumTable;

/** Checks decision tables before they are saved: what stands in them, that they never demand less than the floor, and their examples. */
public final class TableCheck {
    /** Most changes that a table is tried on. */
    static final long MOST_CHANGES = 500_000;
    private static final int SHOWN = 3;

    private final Set<String> reserved;
    private final Set<String> groups;
    private final Floor floor;

    /**
     * @param reserved ids of built-in decisions, which no table may have
     * @param groups that the trust root knows
     * @param floor below which no table may go
     */
    public TableCheck(Set<String> reserved, Set<String> groups, Floor floor) {
        this.reserved = Set.copyOf(reserved);
        this.groups = Set.copyOf(groups);
        this.floor = floor;
    }

    /**
     * What is wrong with a table; nothing if it may be saved.
     *
     * @param file DMN
     * @param examples YAML or JSON, see {@code docs/models.md}
     */
    public List<TableFinding> check(byte[] file, byte[] examples) {
        List<TableFinding> findings = new ArrayList<>();
        read(file, examples, findings);
        return List.copyOf(findings);
    }

    /**
     * A table as the engine may have it.
     *
     * @throws RefusedTableException if there are findings
     */
    public Table checked(byte[] file, byte[] examples) throws RefusedTableException {
        List<TableFinding> findings = new ArrayList<>();
        Optional<Table> table = read(file, examples, findings);
        if (table.isEmpty() || !findings.isEmpty()) {
            throw new RefusedTableException(findings);
        }
        return table.get();
    }

    /**
     * What a table says, whether or not it may be saved: to try it before there are examples.
     *
     * @throws RefusedTableException if it cannot be understood
     */
    public Table understood(byte[] file) throws RefusedTableException {
        List<TableFinding> findings = new ArrayList<>();
        Optional<Table> table = new TableReader(reserved, groups, findings).read(file);
        if (table.isEmpty()) {
            throw new RefusedTableException(findings);
        }
        return table.get();
    }

    /** What is wrong with what a table says of one change. */
    public List<TableFinding> check(Table table, ChangeFacts facts) {
        return one(table, facts).stream().toList();
    }

    private Optional<Table> read(byte[] file, byte[] examples, List<TableFinding> findings) {
        Optional<Table> table = new TableReader(reserved, groups, findings).read(file);
        table.ifPresent(each -> {
            if (each.id().equals(QuorumTable.KEY) && each.hasGroups()) {
                findings.add(new TableFinding(each.id(), "it demands groups, and the built-in processes ask it for a number alone", "groups are demanded by a table of another name, which a model of yours asks"));
            }
            everyChange(each, findings);
            new Examples(each, findings).run(examples);
        });
        return table;
    }

    private void everyChange(Table table, List<TableFinding> findings) {
        EveryChange changes = new EveryChange(table, floor);
        if (changes.count() > MOST_CHANGES) {
            findings.add(new TableFinding(table.id(), "it can tell " + changes.count() + " sorts of changes apart", "it may be " + MOST_CHANGES + ": fewer different numbers must stand in it"));
            return;
        }
        int wrong = 0;
        for (ChangeFacts facts : changes.all()) {
            Optional<TableFinding> finding = one(table, facts);
            if (finding.isPresent()) {
                findings.add(finding.get());
                if (++wrong == SHOWN) {
                    return;
                }
            }
        }
    }

    private Optional<TableFinding> one(Table table, ChangeFacts facts) {
        List<Table.Row> hits = table.hits(facts);
        Optional<Demand> demand = table.demand(hits);
        if (demand.isEmpty()) {
            return Optional.of(new TableFinding(table.id(), "no row accepts " + table.inWords(facts), "some row must accept every change"));
        }
        if (table.hitPolicy() == Table.HitPolicy.UNIQUE && hits.size() > 1) {
            return Optional.of(new TableFinding(hits.get(1).id(), "it accepts " + table.inWords(facts) + ", and so does " + hits.getFirst().id(), "with the hit policy UNIQUE one row must accept a change"));
        }
        int least = floor.least(facts);
        if (demand.get().people() < least) {
            return Optional.of(new TableFinding(hits.getFirst().id(), "it demands " + demand.get().people() + " for " + table.inWords(facts), "it must demand at least " + least));
        }
        return Optional.empty();
    }
}
