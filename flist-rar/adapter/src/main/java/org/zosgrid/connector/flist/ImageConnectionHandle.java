package org.zosgrid.connector.flist;

import jakarta.resource.ResourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.organisation.Organisation;

/** What the application holds: works until it is closed, or until the container takes the connection back. */
final class ImageConnectionHandle implements ImageConnection {
    private volatile @Nullable ImageManagedConnection managed;
    private volatile String organisation = Organisation.DEFAULT;

    ImageConnectionHandle(ImageManagedConnection managed) {
        this.managed = managed;
    }

    @Override
    public Image resolve(String repository, String tag) throws ResourceException {
        return images().resolve(repository, tag);
    }

    @Override
    public Image verify(String repository, String tag, String fingerprint) throws ResourceException {
        return images().verify(repository, tag, fingerprint);
    }

    @Override
    public List<ImageFile> children(String fingerprint, String path) throws ResourceException {
        return images().children(fingerprint, path);
    }

    @Override
    public List<ImageDifference> differences(String before, String after, int limit) throws ResourceException {
        return images().differences(before, after, limit);
    }

    @Override
    public void prefetch(String node, String reference) throws ResourceException {
        images().prefetch(node, reference);
    }

    @Override
    public void close() {
        ImageManagedConnection open = managed;
        if (open != null) {
            managed = null;
            open.closed(this);
        }
    }

    /** From now on it speaks of this organisation's images. */
    void turnTo(String organisation) {
        this.organisation = organisation;
    }

    /** The container moves this handle to another connection. */
    void associate(ImageManagedConnection other) {
        ImageManagedConnection before = managed;
        if (before != null) {
            before.forget(this);
        }
        managed = other;
    }

    void invalidate() {
        managed = null;
    }

    private VerifiedImages images() throws ResourceException {
        ImageManagedConnection open = managed;
        if (open == null) {
            throw new jakarta.resource.spi.IllegalStateException("this connection to the image hub is closed");
        }
        return open.images(organisation);
    }
}
