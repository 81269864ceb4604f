package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zos image promote}, {@code revoke} and {@code status}. */
final class PromotionCommands {
    private static final Pattern BARE = Pattern.compile("@([0-9a-f]{64})$");

    private PromotionCommands() {}

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = {"Ask for an image to be released to an environment. Where the trust root says that an environment takes promoted images only, nodes refuse every other.",
                "If the environment before it takes promoted images only too, the image must have been promoted there first."})
    static final class Promote extends Ordering {
        @Option(names = "--to", required = true, paramLabel = "ENVIRONMENT", description = "development, staging or production.")
        String to = "";

        @Option(names = "--for", paramLabel = "DAYS", defaultValue = "90", description = "How long deployments may refer to it (default: ${DEFAULT-VALUE}). What runs then goes on.")
        int days;

        @Override
        public void run() {
            if (days < 1) {
                throw new CliException("--for: must be at least 1 day (is: " + days + ")");
            }
            submit(environment("--to", to), now -> Optional.of(now.plus(Duration.ofDays(days))), "the promotion");
        }
    }

    private static Environment environment(String option, String text) {
        try {
            return Environment.parse(text);
        } catch (ContractException wrong) {
            throw new CliException(option + ": must be development, staging or production (is: " + DocumentDiff.escaped(text) + ")");
        }
    }

    private static ImageReference image(String text) {
        try {
            return ImageReference.parse(BARE.matcher(text).replaceFirst("@sha256:$1"));
        } catch (ContractException wrong) {
            throw new CliException("IMAGE: must be NAME:TAG@sha256:FINGERPRINT, such as demo/web:1.0@sha256: and 64 digits (is: " + DocumentDiff.escaped(text) + ")");
        }
    }

    /** What promotions and revocations are asked for with. */
    abstract static class Ordering implements Runnable {
        @Parameters(paramLabel = "NAME:TAG@FINGERPRINT", description = "The image; without a fingerprint, what the name stands for now.")
        String image = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is signed and goes into the ledger.")
        String reason = "";

        @Option(names = "--requester", required = true, paramLabel = "PERSON", description = "Your name in the trust root.")
        String requester = "";

        @Mixin
        ChangeOptions change = new ChangeOptions();

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        /** How long it counts, from now. */
        @FunctionalInterface
        interface Until {
            Optional<Instant> from(Instant now);
        }

        void submit(Environment environment, Until until, String what) {
            ChangeOptions.Submitted submitted = change.submit(caller, (controlPlane, created, expires) -> {
                ImageReference given = image(image);
                ImageReference pinned = given.fingerprint().isPresent() ? given : controlPlane.resolve(given);
                String name = ImagePromotion.name(pinned, environment);
                long version = controlPlane.promotions(Optional.of(pinned)).stream().filter(each -> each.path("name").asText().equals(name)).findFirst().map(OrderArguments::next).orElse(1L);
                return new ImagePromotion(name, version, requester, created, expires, reason, pinned, environment, until.from(created));
            });
            ImagePromotion document = (ImagePromotion) submitted.document();
            output.print(submitted.answer(), () -> "submitted " + what + " of " + document.image() + " as " + document.name() + " version " + document.version() + "; it waits for approvals");
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = {"Ask for an image to be taken out of an environment again: nodes accept no deployment with it there any more.",
        "What runs goes on until it is replaced or removed."})
    static final class Revoke extends Ordering {
        @Option(names = "--from", required = true, paramLabel = "ENVIRONMENT", description = "development, staging or production.")
        String from = "";

        @Override
        public void run() {
            submit(environment("--from", from), now -> Optional.empty(), "the revocation");
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Show where images are promoted, who signed, and which nodes have heard of what was revoked.")
    static final class Status implements Runnable {
        @Parameters(arity = "0..1", paramLabel = "NAME:TAG[@FINGERPRINT]", defaultValue = "", description = "One image, or all contents under one name (default: all images).")
        String image = "";

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().promotions(image.isEmpty() ? Optional.empty() : Optional.of(image(image)));
            ArrayNode shown = Json.object().putArray("promotions").addAll(all);
            output.print(shown, () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            if (all.isEmpty()) {
                return "nothing was promoted";
            }
            Table table = new Table("IMAGE", "ENVIRONMENT", "STATE", "UNTIL", "SIGNED BY", "CHANGE", "NODES NOT TOLD");
            all.forEach(each -> table.row(DocumentDiff.escaped(each.path("image").asText()), each.path("environment").asText(), state(each), each.path("until").asText("").replace("null", ""), words(each.path("signers")),
                    each.path("name").asText() + " " + each.path("version").asText(), words(each.path("untold"))));
            return table.toString().stripTrailing();
        }

        /** What counts is said beside the state of the newest version, where the two differ. */
        private static String state(JsonNode promotion) {
            String state = promotion.path("state").asText();
            boolean counts = promotion.path("objection").isNull();
            return counts && !state.equals("promoted") ? state + " (an earlier version counts)" : !counts && state.equals("promoted") ? "promoted, but does not count: " + DocumentDiff.escaped(promotion.path("objection").asText()) : state;
        }

        private static String words(JsonNode list) {
            StringBuilder words = new StringBuilder();
            list.forEach(each -> words.append(words.isEmpty() ? "" : ", ").append(DocumentDiff.escaped(each.asText())));
            return words.toString();
        }
    }
}
