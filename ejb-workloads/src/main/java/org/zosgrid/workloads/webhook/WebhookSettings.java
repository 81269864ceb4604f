package org.zosgrid.workloads.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Webhook;
import org.zosgrid.workloads.Backoff;

/** What the configuration says of webhooks. */
@ApplicationScoped
public class WebhookSettings {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    @Inject
    @ConfigProperty(name = "zos.webhooks.allow")
    private Optional<String> allow;

    @Inject
    @ConfigProperty(name = "zos.webhooks.secrets")
    private Optional<String> secrets;

    @Inject
    @ConfigProperty(name = "zos.webhooks.attempts")
    private int attempts;

    @Inject
    @ConfigProperty(name = "zos.webhooks.first-pause")
    private Duration firstPause;

    @Inject
    @ConfigProperty(name = "zos.webhooks.longest-pause")
    private Duration longestPause;

    @Inject
    @ConfigProperty(name = "zos.webhooks.answer-limit")
    private Duration answerLimit;

    @Inject
    @ConfigProperty(name = "zos.inventory")
    private String inventory;

    /** Read anew each time, as the nodes' addresses are. */
    AllowedReceivers allowed() {
        List<String> origins = allow.stream().flatMap(list -> Arrays.stream(list.split(","))).map(String::strip).filter(each -> !each.isEmpty()).toList();
        List<String> management = NodeInventory.read(Path.of(inventory)).nodes().stream().map(NodeAddress::address).toList();
        return AllowedReceivers.of(origins, management, AllowedReceivers::resolve);
    }

    /** How often a message is tried before it is a dead letter. */
    int attempts() {
        return attempts;
    }

    Backoff backoff() {
        return new Backoff(firstPause, longestPause);
    }

    /** How long a receiver may take. */
    Duration answerLimit() {
        return answerLimit;
    }

    WebhookSecret secret(Webhook webhook) {
        return webhook.secret().map(WebhookSecret::of).orElseGet(() -> secret(webhook.secretFile().orElseThrow()));
    }

    /**
     * The secret in a file of the configured directory, as it is there now.
     *
     * @param name the file's; only a name, so that whoever asks cannot have other files read
     * @throws ContractException if there is no such file, or no secret in it
     */
    WebhookSecret secret(String name) {
        String directory = secrets.orElseThrow(() -> new ContractException("secretFile", "has no meaning unless zos.webhooks.secrets names a directory", name));
        if (!FILE.matcher(name).matches()) {
            throw new ContractException("secretFile", "must be the name of a file: 1 to 100 of letters, digits, '.', '_' and '-', not beginning with '.'", name);
        }
        try {
            return WebhookSecret.parse("secretFile", Files.readString(own(Path.of(directory)).resolve(name)).strip());
        } catch (IOException unreadable) {
            throw new ContractException("secretFile", "must be a file in the directory that zos.webhooks.secrets names", name);
        }
    }

    /** Those of other organisations than the default one lie in folders with their names, with a dot before: no name of a file begins so. */
    private static Path own(Path directory) {
        return CurrentOrganisation.isDefault() ? directory : directory.resolve("." + CurrentOrganisation.name());
    }
}
