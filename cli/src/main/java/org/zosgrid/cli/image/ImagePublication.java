package org.zosgrid.cli.image;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zosgrid.cli.terminal.Steps.Progress;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.HubClient;
import org.zosgrid.flist.ImageImporter;

/** Turns an OCI image into a flist, signs it, and uploads what the hub does not have yet. */
public final class ImagePublication {
    private final URI hub;
    private final Signer imageSigner;

    public ImagePublication(URI hub, Signer imageSigner) {
        this.hub = hub;
        this.imageSigner = imageSigner;
    }

    /**
     * Publishes one image; its packed chunks are held in memory until they are sent.
     *
     * @param layout an OCI image layout, as a directory
     * @param tag which image of the layout
     * @param name the name it gets at the hub, {@code repository:tag}
     */
    public ImageManifest publish(Path layout, String tag, String name, Progress progress) {
        ImageReference reference = ImageReference.parse(name);
        Map<String, byte[]> packed = new LinkedHashMap<>();
        byte[] file = ImageImporter.fromOciLayout(layout, tag, (chunk, plain) -> packed.computeIfAbsent(chunk.fingerprint(), absent -> Chunk.pack(plain)));
        Flist flist = Flist.open(file);
        try (HubClient client = new HubClient(hub)) {
            List<String> chunks = flist.distinctChunks().stream().map(Chunk::fingerprint).toList();
            Set<String> missing = client.missing(chunks);
            long sent = 0;
            for (String chunk : missing) {
                client.putChunk(chunk, packed.get(chunk));
                progress.at(++sent, missing.size());
            }
            client.putFlist(flist.fingerprint(), file);
            ImageManifest manifest = new ImageManifest(reference.repository(), reference.tag(), flist.fingerprint(), file.length, flist.contentBytes(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS));
            client.putImage(Envelope.sign(PayloadType.IMAGE, manifest.toJson(), imageSigner));
            return manifest;
        }
    }
}
