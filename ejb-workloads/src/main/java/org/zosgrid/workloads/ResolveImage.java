package org.zosgrid.workloads;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.resource.ResourceException;
import org.zosgrid.connector.flist.ImageConnection;
import org.zosgrid.connector.flist.ImageConnectionFactory;
import org.zosgrid.connector.flist.ImageException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.RefusedException.Kind;

/** Tells which content an image name stands for now; an image signer's signature over it was verified. */
@Stateless
public class ResolveImage {
    @Resource(lookup = "zos/images")
    private ImageConnectionFactory images;

    /**
     * Pins a name.
     *
     * @param reference {@code REPOSITORY:TAG}
     * @return the same with {@code @sha256:FINGERPRINT}
     * @throws RefusedException INVALID, NOT_FOUND or UNAVAILABLE
     */
    public String resolve(String reference) {
        ImageReference image;
        try {
            image = ImageReference.parse(reference);
        } catch (ContractException malformed) {
            throw new RefusedException(Kind.INVALID, "This is no image", malformed.faults());
        }
        try (ImageConnection hub = images.getConnection(CurrentOrganisation.name())) {
            return hub.resolve(image.repository(), image.tag()).reference();
        } catch (ImageException refused) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such image", new Fault("reference", String.valueOf(refused.getMessage()), reference));
        } catch (ResourceException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The image hub does not answer", new Fault("hub", String.valueOf(away.getMessage()), ""));
        }
    }
}
