package org.zosgrid.cli.client;

import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Machine;

/**
 * Replaces every image name by name and fingerprint before anybody signs: what is approved is the content, not a name that may point elsewhere
 * tomorrow. A fingerprint that the author wrote is kept.
 */
public final class Pinning {
    private Pinning() {}

    public static Deployment pin(Deployment document, ControlPlane controlPlane) {
        List<Machine> machines = document.machines().stream()
                .map(machine -> machine.image().fingerprint().isPresent() ? machine : machine.withImage(resolve(machine.image(), controlPlane)))
                .toList();
        return document.withMachines(machines);
    }

    private static ImageReference resolve(ImageReference image, ControlPlane controlPlane) {
        String fingerprint = controlPlane.image(image.repository() + ":" + image.tag()).path("fingerprint").asText();
        return new ImageReference(image.repository(), image.tag(), Optional.of(fingerprint));
    }
}
