package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.model.ImageNames;

/** What the current organisation's approved documents call the contents of images; each document is read for it once. */
@ApplicationScoped
public class KnownImages {
    private static final Logger LOG = Logger.getLogger(KnownImages.class.getName());
    private static final int BATCH = 200;
    /** At one question, the rest at the next: none takes minutes because an installation is old. */
    private static final int MOST_BATCHES = 50;

    @Inject private ImageNames names;

    /**
     * Names, such as {@code demo/web:1.0}, by fingerprint; a content that no approved document names is left out.
     *
     * @param fingerprints in hex
     */
    public Map<String, List<String>> names(Collection<String> fingerprints) {
        List<ImageNames.Sealed> unread = names.unread(BATCH);
        for (int batch = 1; !unread.isEmpty(); batch++) {
            unread.forEach(each -> names.keep(each, images(each.envelope())));
            unread = batch < MOST_BATCHES ? names.unread(BATCH) : List.of();
        }
        return names.of(fingerprints);
    }

    /** None in a document that this version cannot read any more: nodes are shown without its names, and not at all otherwise. */
    static List<ImageReference> images(byte[] json) {
        try {
            Envelope envelope = Envelope.parse(json);
            return switch (ChangeDocument.parse(envelope.payloadType(), envelope.payload())) {
                case Deployment deployment -> deployment.machines().stream().map(Machine::image).toList();
                case ImagePromotion promotion -> List.of(promotion.image());
                default -> List.of();
            };
        } catch (ContractException unreadable) {
            LOG.warning("a sealed document names no images, since it cannot be read: " + unreadable.getMessage());
            return List.of();
        }
    }
}
