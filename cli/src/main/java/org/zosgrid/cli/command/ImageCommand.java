package org.zosgrid.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.ImageManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Publish images, and release them from one environment to the next.",
        subcommands = {ImageCommand.Publish.class, PromotionCommands.Promote.class, PromotionCommands.Revoke.class, PromotionCommands.Status.class},
        footer = {"", "A promotion and its revocation are changes of their own and approved like any: 'zos status', 'zos approve', 'zos reject'.", "", "Examples:",
            "  zos image promote demo/web:1.0@sha256:… --to production --reason \"a week in staging\" --requester alice --key alice.pem",
            "  zos image status demo/web:1.0 --key alice.pem",
            "  zos image revoke demo/web:1.0@sha256:… --from production --reason \"CVE-2026-1234\" --requester alice --key alice.pem"})
public final class ImageCommand {

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = {
                "Convert an OCI image to a flist, sign it, and upload it to the hub.",
                "Only what the hub does not have yet is sent. Your key must hold the trust root's image-signer role."
            },
            footer = {"", "Example:", "  zos image publish ./layout:1.0 demo/web:1.0 --key erin.pem"})
    static final class Publish implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "LAYOUT[:TAG]", description = "An OCI image layout directory, as umoci or skopeo write it.")
        String source = "";

        @Parameters(index = "1", paramLabel = "REPOSITORY:TAG", description = "The image's name at the hub.")
        String reference = "";

        @Option(names = "--hub", paramLabel = "URL", description = "The hub (default: ZOS_HUB, then what 'zos up' wrote down).")
        @Nullable String hub;

        @Option(names = "--key", required = true, paramLabel = "PEM", description = "Your private key.")
        Path key = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Where the key's passphrase stands; asked for when the key needs one.")
        @Nullable Path passphraseFile;

        @Mixin
        Output output = new Output();

        @Override
        public Integer call() throws Exception {
            int colon = source.lastIndexOf(':');
            Path layout = Path.of(colon > 0 ? source.substring(0, colon) : source);
            String tag = colon > 0 ? source.substring(colon + 1) : "latest";
            URI address = URI.create(Context.setting(hub, "ZOS_HUB", "hub", "--hub"));
            ImageManifest image = new Steps(System.err).longStep("Converted, signed and published " + reference,
                    progress -> new ImagePublication(address, Keys.read(key, Optional.ofNullable(passphraseFile))).publish(layout, tag, reference, progress));
            output.print(
                    Json.object().put("repository", image.repository()).put("tag", image.tag()).put("fingerprint", image.flist())
                            .put("contentBytes", image.contentBytes()),
                    () -> image.repository() + ":" + image.tag() + "@sha256:" + image.flist());
            return 0;
        }
    }
}
