package org.zosgrid.workloads.ticket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.zosgrid.model.CurrentOrganisation;

/** What the configuration says of tickets. The password is read once; a new one counts after a restart. */
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

    private @Nullable TicketHttp http;

    /** What models may say for it: its kind, and {@code service-desk}, whichever kind it is. */
    public Set<String> names() {
        return system.filter(kind -> on()).map(kind -> Set.of(kind, "service-desk")).orElse(Set.of());
    }

    /** Changes of other organisations are nobody's business there. */
    boolean on() {
        return system.isPresent() && CurrentOrganisation.isDefault();
    }

    /** How long until a ticket is asked again. */
    Duration pause() {
        return pause;
    }

    /** @throws IOException if the password cannot be read */
    synchronized TicketSystem connect() throws IOException {
        TicketHttp open = http;
        if (open == null) {
            open = new TicketHttp(URI.create(url.orElseThrow()), user.orElseThrow(), Files.readString(Path.of(passwordFile.orElseThrow())).strip());
            http = open;
        }
        return system.orElseThrow().equals("jira") ? new Jira(open, project.orElseThrow(), issueType) : new ServiceNow(open);
    }

    @PreDestroy
    void close() {
        if (http != null) {
            http.close();
        }
    }
}
