package org.zosgrid.cli.client;

import java.net.URI;
import java.nio.file.Path;
import org.zosgrid.cli.terminal.Steps.Progress;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.key.Signer;

/** Turns an OCI image into a flist here, on the signer's machine, signs it, and uploads what the hub does not have yet. */
public final class ImagePublication {
    private final URI hub;
    private final Signer imageSigner;

    public ImagePublication(URI hub, Signer imageSigner) {
        this.hub = hub;
        this.imageSigner = imageSigner;
    }

    /**
     * Publishes one image.
     *
     * @param layout an OCI image layout, as a directory
     * @param tag which image of the layout
     * @param reference the name it gets at the hub, {@code repository:tag}
     */
    public ImageManifest publish(Path layout, String tag, String reference, Progress progress) {
        throw new IllegalStateException("wired when the flist module is in place");
    }
}
