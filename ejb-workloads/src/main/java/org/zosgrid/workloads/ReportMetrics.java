package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.file.Path;
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
import org.zosgrid.workloads.organisation.TokenFiles;
import org.zosgrid.workloads.trust.Trust;

/** What Prometheus collects, for whoever has the token that the configuration names a file with: a collector cannot sign its requests as people do. */
@Stateless
public class ReportMetrics {
    @Inject
    @ConfigProperty(name = "zos.metrics.token-file")
    private Optional<String> tokenFile;

    @Inject private TokenFiles tokens;
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

    private String organisation(String token) {
        return tokens.owner(token, tokenFile.map(Path::of), Organisation.Own::metricsToken).orElseThrow(() -> new RefusedException(Kind.UNAUTHENTICATED, "The request has not the collector's token",
                new Fault("Authorization", "must be Bearer and what the file holds that zos.metrics.token-file names", "")));
    }
}
