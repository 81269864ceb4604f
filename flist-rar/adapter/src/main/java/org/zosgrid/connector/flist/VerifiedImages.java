package org.zosgrid.connector.flist;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.trust.FollowedTrustRoot;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.FlistException;
import org.zosgrid.flist.HubClient;
import org.zosgrid.flist.HubUnavailableException;
import org.zosgrid.node.api.NodeApiClient;
import org.zosgrid.node.api.NodeApiException;

/** Images of the hub, each checked before it is spoken of. One for the whole adapter; safe for use by many threads. */
final class VerifiedImages implements AutoCloseable {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private final HubClient hub;
    private final FollowedTrustRoot followed;
    private final NodeInventory nodes;
    private final SSLContext tls;

    VerifiedImages(AdapterConfiguration configuration) {
        this.hub = new HubClient(configuration.hub());
        this.followed = configuration.trustRoot();
        this.nodes = configuration.nodes();
        this.tls = configuration.tls();
    }

    Image resolve(String repository, String tag) throws ResourceException {
        return verified(repository, tag, Optional.empty());
    }

    /** The hub keeps one manifest for each name: an older content whose name has moved on cannot be verified any more. */
    Image verify(String repository, String tag, String fingerprint) throws ResourceException {
        return verified(repository, tag, Optional.of(fingerprint));
    }

    private Image verified(String repository, String tag, Optional<String> pinned) throws ResourceException {
        String name = repository + ":" + tag;
        TrustRoot root = newest(name);
        if (root.expired(Instant.now())) {
            throw new ResourceException("image " + name + " cannot be verified: the trust root has expired at " + root.expires());
        }
        try {
            ImageReference wanted = new ImageReference(repository, tag, pinned);
            Envelope envelope = hub.image(new ImageReference(repository, tag, Optional.empty()));
            if (!envelope.payloadType().equals(PayloadType.IMAGE)) {
                throw new ImageException("image " + name + ": its envelope must be of the type " + PayloadType.IMAGE + " (is: " + envelope.payloadType() + ")");
            }
            Set<KeyId> signers = envelope.verifiedBy(root::key);
            if (!root.reached(TrustRoot.IMAGE_SIGNER, signers)) {
                throw new ImageException("image " + name + " is not signed by enough of the trust root's image signers (by: " + root.people(TrustRoot.IMAGE_SIGNER, signers) + ")");
            }
            ImageManifest manifest = ImageManifest.parse(envelope.payload());
            if (!manifest.repository().equals(repository) || !manifest.tag().equals(tag)) {
                throw new ImageException("image " + name + ": the hub's manifest is another image's (is: " + manifest.repository() + ":" + manifest.tag() + ")");
            }
            if (!manifest.flist().equals(wanted.fingerprint().orElse(manifest.flist()))) {
                throw new ImageException("image " + wanted + ": the name stands for another flist now (is: " + manifest.flist() + ")");
            }
            Flist flist = Flist.open(hub.flist(manifest.flist()), manifest.flist());
            return new Image(name + "@sha256:" + manifest.flist(), root.people(TrustRoot.IMAGE_SIGNER, signers), flist.contentBytes());
        } catch (HubUnavailableException away) {
            throw new CommException("image " + name + ": " + away.getMessage(), away);
        } catch (FlistException | ContractException wrong) {
            throw new ImageException("image " + name + ": " + wrong.getMessage());
        }
    }

    private TrustRoot newest(String name) throws ResourceException {
        try {
            return followed.newest();
        } catch (ContractException | UncheckedIOException broken) {
            throw new ResourceException("image " + name + " cannot be verified: the trust root's next version is not good: " + broken.getMessage(), broken);
        }
    }

    List<ImageFile> children(String fingerprint, String path) throws ResourceException {
        Flist flist = flist(fingerprint);
        try {
            return ImageTrees.children(flist, path);
        } catch (FlistException wrong) {
            throw new ImageException(String.valueOf(wrong.getMessage()));
        }
    }

    List<ImageDifference> differences(String before, String after, int limit) throws ResourceException {
        return ImageTrees.differences(flist(before), flist(after), limit);
    }

    private Flist flist(String fingerprint) throws ResourceException {
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw new ImageException("fingerprint: must be 64 lower-case hexadecimal digits (is: " + fingerprint + ")");
        }
        try {
            return Flist.open(hub.flist(fingerprint), fingerprint);
        } catch (HubUnavailableException away) {
            throw new CommException("content " + fingerprint + ": " + away.getMessage(), away);
        } catch (FlistException wrong) {
            throw new ImageException("content " + fingerprint + ": " + wrong.getMessage());
        }
    }

    void prefetch(String node, String reference) throws ResourceException {
        requirePinned(reference);
        NodeApiClient client = client(node);
        try {
            client.prefetch(reference);
        } catch (NodeApiException failed) {
            if (failed.status() / 100 == 4) {
                throw new ImageException("image " + reference + ": " + failed.getMessage());
            }
            throw new CommException("image " + reference + ": " + failed.getMessage(), failed);
        }
    }

    private static void requirePinned(String reference) throws ImageException {
        try {
            if (ImageReference.parse(reference).fingerprint().isEmpty()) {
                throw new ImageException("image " + reference + ": must be pinned, as REPOSITORY:TAG@sha256:FINGERPRINT");
            }
        } catch (ContractException malformed) {
            throw new ImageException(String.valueOf(malformed.getMessage()));
        }
    }

    private NodeApiClient client(String node) throws ResourceException {
        try {
            return new NodeApiClient(nodes.node(node), tls);
        } catch (ContractException unknown) {
            throw new ResourceException(unknown.getMessage(), unknown);
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
