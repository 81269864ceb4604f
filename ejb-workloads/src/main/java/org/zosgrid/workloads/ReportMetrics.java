package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.ManagementService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.model.Changes;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.Mails;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.model.Webhooks;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.health.Durations;
import org.zosgrid.workloads.health.Exposition;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.trust.Trust;

/** What Prometheus collects, for whoever has the token that the configuration names a file with: a collector cannot sign its requests as people do. */
@Stateless
public class ReportMetrics {
    @Inject
    @ConfigProperty(name = "zos.metrics.token-file")
    private Optional<String> tokenFile;

    @Inject private KnownOrganisations organisations;
    @Inject private Trust trust;
    @Inject private Changes changes;
    @Inject private Ledger ledger;
    @Inject private NodeReceipts receipts;
    @Inject private Webhooks webhooks;
    @Inject private Mails mails;
    @Inject private ManagementService engine;
    @Inject private Durations durations;

    /**
     * The figures, in Prometheus's text format.
     *
     * @param token that the caller has, or empty
     * @throws RefusedException UNAUTHENTICATED
     */
    public String report(String token) {
        return CurrentOrganisation.in(organisation(token), this::figures);
    }

    private String figures() {
        Map<String, Long> lag = new TreeMap<>();
        long size = ledger.size();
        trust.root().witnesses().keys().keySet().forEach(witness -> lag.put(witness, size - receipts.ledgerSize(witness)));
        Exposition figures = new Exposition()
                .gauge("zos_changes", "Submitted changes by the state they are in", "state", changes.countByState())
                .gauge("zos_ledger_entries", "Entries of the ledger", size)
                .gauge("zos_witness_lag_entries", "Entries of the ledger after the last checkpoint that a witness's receipts name", "witness", lag)
                .gauge("zos_engine_jobs_failed", "Steps of workflows that have given up and wait for an operator", KnownOrganisations.tenant().jobs(engine).noRetriesLeft().count())
                .gauge("zos_webhook_messages_waiting", "Messages to webhooks that are still to be delivered", webhooks.waiting())
                .gauge("zos_webhook_dead_letters", "Messages to webhooks that were given up", webhooks.dead())
                .gauge("zos_mail_waiting", "Mail that is still to be sent", mails.waiting())
                .gauge("zos_mail_given_up", "Mail that was given up", mails.givenUp());
        durations.write(figures);
        return figures.toString();
    }

    /** Whose collector shows this token: each organisation has a file of its own with one. All are compared, whoever it is. */
    private String organisation(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        Optional<String> whose = Optional.empty();
        for (String name : organisations.names()) {
            Optional<Path> file = organisations.find(name).flatMap(Organisation::own).map(Organisation.Own::metricsToken).orElseGet(() -> tokenFile.map(Path::of));
            if (file.isPresent() && given.length > 0 && MessageDigest.isEqual(expected(file.get()), given)) {
                whose = Optional.of(name);
            }
        }
        return whose.orElseThrow(() -> new RefusedException(Kind.UNAUTHENTICATED, "The request has not the collector's token",
                new Fault("Authorization", "must be Bearer and what the file holds that zos.metrics.token-file names", "")));
    }

    private static byte[] expected(Path file) {
        try {
            return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new RefusedException(Kind.UNAVAILABLE, "The collector's token cannot be read", new Fault("zos.metrics.token-file", "must be readable", file.toString()));
        }
    }
}
