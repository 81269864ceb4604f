package org.zosgrid.workloads.ticket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.contract.organisation.TicketDesk;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** What the configuration says of tickets, for each organisation. A password is read once; a new one counts after a restart. */
@ApplicationScoped
public class TicketSettings {
    @Inject
    @ConfigProperty(name = "zos.tickets.system")
    private Optional<String> system;

    @Inject
    @ConfigProperty(name = "zos.tickets.url")
    private Optional<String> url;

    @Inject
    @ConfigProperty(name = "zos.tickets.user")
    private Optional<String> user;

    @Inject
    @ConfigProperty(name = "zos.tickets.password-file")
    private Optional<String> passwordFile;

    @Inject
    @ConfigProperty(name = "zos.tickets.project")
    private Optional<String> project;

    @Inject
    @ConfigProperty(name = "zos.tickets.issue-type")
    private String issueType;

    @Inject
    @ConfigProperty(name = "zos.tickets.pause")
    private Duration pause;

    @Inject private KnownOrganisations organisations;

    /** By the organisation. */
    private final Map<String, TicketHttp> open = new HashMap<>();

    /** What models may say for it: its kind, and {@code service-desk}, whichever kind it is. */
    public Set<String> names() {
        return desk().map(desk -> Set.of(desk.system(), "service-desk")).orElse(Set.of());
    }

    /** Whether the current organisation keeps tickets. */
    boolean on() {
        return desk().isPresent();
    }

    /** How long until a ticket is asked again. */
    Duration pause() {
        return pause;
    }

    /** @throws IOException if the password cannot be read */
    synchronized TicketSystem connect() throws IOException {
        TicketDesk desk = desk().orElseThrow();
        TicketHttp http = open.get(CurrentOrganisation.name());
        if (http == null) {
            http = new TicketHttp(desk.url(), desk.user(), Files.readString(desk.passwordFile()).strip());
            open.put(CurrentOrganisation.name(), http);
        }
        return desk.isJira() ? new Jira(http, desk.project().orElseThrow(), desk.issueType()) : new ServiceNow(http);
    }

    /** The current organisation's: of the default one, what the installation's settings name. */
    private Optional<TicketDesk> desk() {
        Organisation current = organisations.current();
        return current.own().isPresent() ? current.own().flatMap(Organisation.Own::tickets)
                : system.map(kind -> new TicketDesk(kind, URI.create(url.orElseThrow()), user.orElseThrow(), Path.of(passwordFile.orElseThrow()), project, issueType));
    }

    @PreDestroy
    synchronized void close() {
        open.values().forEach(TicketHttp::close);
    }
}
