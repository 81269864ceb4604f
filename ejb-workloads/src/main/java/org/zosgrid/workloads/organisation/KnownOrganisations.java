package org.zosgrid.workloads.organisation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.bpmn.Tenant;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.contract.organisation.Organisations;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.CurrentOrganisation;

/** Who shares this installation; the file is read once, when the server starts. */
@ApplicationScoped
public class KnownOrganisations {
    @Inject
    @ConfigProperty(name = "zos.organisations")
    private Optional<String> file;

    private Organisations known = Organisations.ONE;

    @PostConstruct
    void read() {
        known = file.map(Path::of).map(Organisations::read).orElse(Organisations.ONE);
    }

    public boolean several() {
        return known.several();
    }

    public Optional<Organisation> find(String name) {
        return known.find(name);
    }

    /** The one that this thread works for. */
    public Organisation current() {
        return known.find(CurrentOrganisation.name()).orElseThrow();
    }

    /** To whom a node belongs. */
    public String ownerOf(String node) {
        return known.ownerOf(node);
    }

    /** Does something for each, one after the other; what fails for one is thrown when it was tried for all. For timers: whoever forgets this works for nobody, and fails. */
    public void each(Runnable work) {
        List<RuntimeException> failures = new ArrayList<>();
        for (String organisation : names()) {
            try {
                CurrentOrganisation.run(organisation, work);
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** The default organisation first. */
    public List<String> names() {
        return known.all().stream().map(Organisation::name).toList();
    }

    /** What is wrong with a trust root of the current organisation: nodes and witnesses that it names are its own, or belong to nobody. */
    public List<Fault> faults(TrustRoot root) {
        String organisation = CurrentOrganisation.name();
        Set<String> names = new TreeSet<>(root.nodes().keySet());
        names.addAll(root.witnesses().keys().keySet());
        // Not whose it is: nobody learns that there are others.
        return names.stream().filter(node -> !ownerOf(node).equals(organisation)).map(node -> new Fault("nodes." + node, "must be a node that the operator has given to this organisation", organisation)).toList();
    }

    /** The current organisation's part of the engine. */
    public static Tenant tenant() {
        return CurrentOrganisation.isDefault() ? Tenant.NONE : new Tenant(Optional.of(CurrentOrganisation.name()));
    }
}
