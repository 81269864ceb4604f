package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.DocumentDiff;
import picocli.CommandLine.Option;

/**
 * Binds into a document, before it is signed, what decision tables demand of it and what its author demands on top. What the control plane says can only add: the rules of the trust root and of the document
 * hold whatever it says.
 */
final class DemandOptions {
    @Option(names = "--demand-people", paramLabel = "N", defaultValue = "0", description = "Bind into what is signed that so many people must approve, if rules and decision tables demand fewer.")
    int people;

    @Option(names = "--demand-group", paramLabel = "GROUP", description = "Bind into what is signed that somebody of this approver group must approve; may be given several times.")
    List<String> groups = new ArrayList<>();

    /** The document with its own demand, that of the tables and that of the options together; said on the standard error stream if there is any. */
    ChangeDocument bind(ControlPlane controlPlane, ChangeDocument document) {
        Demand own = document.demand().and(new Demand(people, new TreeSet<>(groups)));
        JsonNode said = controlPlane.demand(document.withDemand(own));
        Demand all = own.and(ControlPlane.demand(said.path("binding")));
        if (!all.equals(Demand.NONE)) {
            System.err.println("binds the demand: " + DocumentDiff.escaped(all.toString()));
            said.path("tables").forEach(each -> System.err.println("  the decision table " + DocumentDiff.escaped(each.path("table").asText()) + " demands " + DocumentDiff.escaped(ControlPlane.demand(each).toString())));
        }
        return document.withDemand(all);
    }
}
