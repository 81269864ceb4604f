package org.zosgrid.workloads;

import java.util.stream.Collectors;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;

/** A machine of the newest deployment under a name that was sealed. */
record SealedMachine(Change change, Deployment deployment, Machine machine) {

    /** @throws RefusedException NOT_FOUND */
    static SealedMachine find(Changes changes, String name, String machine) {
        Change change = changes.sealed(name).stream().filter(each -> Documents.deployment(each).isPresent()).findFirst()
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such deployment", new Fault("name", "was never sealed", name)));
        Deployment deployment = Documents.deployment(change).orElseThrow();
        return deployment.machines().stream().filter(each -> each.name().equals(machine)).findFirst().map(each -> new SealedMachine(change, deployment, each))
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such machine", new Fault("machine",
                        "must be one of " + deployment.machines().stream().map(Machine::name).collect(Collectors.joining(", ")), machine)));
    }
}
