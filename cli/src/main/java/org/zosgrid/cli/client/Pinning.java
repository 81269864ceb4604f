package org.zosgrid.cli.client;

import java.util.List;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Machine;

/**
 * Replaces every image name by name and fingerprint before anybody signs: what is approved is the content, not a name that may point elsewhere
 * tomorrow. A fingerprint that the author wrote is kept.
 */
public final class Pinning {
    private Pinning() {}

    public static Deployment pin(Deployment document, ControlPlane controlPlane) {
        List<Machine> machines = document.machines().stream()
                .map(machine -> machine.image().fingerprint().isPresent() ? machine : machine.withImage(controlPlane.resolve(machine.image())))
                .toList();
        return document.withMachines(machines);
    }
}
