package org.zosgrid.workloads;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;
import org.zosgrid.connector.flist.Image;
import org.zosgrid.connector.flist.ImageConnection;
import org.zosgrid.connector.flist.ImageConnectionFactory;
import org.zosgrid.connector.flist.ImageDifference;
import org.zosgrid.connector.flist.ImageException;
import org.zosgrid.connector.flist.ImageFile;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.ImageView;
import org.zosgrid.workloads.view.Page;

/** Shows what is in images, and who signed them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BrowseImage {
    @Resource(lookup = "zos/images")
    private ImageConnectionFactory images;

    /**
     * Who signed an image; if it is pinned, the name must stand for that content still.
     *
     * @throws RefusedException INVALID, NOT_FOUND or UNAVAILABLE
     */
    public ImageView signed(String reference) {
        ImageReference wanted;
        try {
            wanted = ImageReference.parse(reference);
        } catch (ContractException malformed) {
            throw new RefusedException(Kind.INVALID, "This is no image", malformed.faults());
        }
        return ask("reference", reference, hub -> {
            Image image = wanted.fingerprint().isEmpty() ? hub.resolve(wanted.repository(), wanted.tag()) : hub.verify(wanted.repository(), wanted.tag(), wanted.fingerprint().get());
            return new ImageView(image.reference(), image.signers().stream().sorted().toList(), image.contentBytes());
        });
    }

    /**
     * A directory's names, in order.
     *
     * @param after the last name of the page before, or empty
     * @throws RefusedException NOT_FOUND or UNAVAILABLE
     */
    public Page<ImageView.File> directory(String fingerprint, String path, String after, int limit) {
        List<ImageView.File> rest = ask("path", path, hub -> hub.children(fingerprint, path)).stream().dropWhile(each -> !after.isEmpty() && each.name().compareTo(after) <= 0)
                .map(BrowseImage::file).toList();
        boolean more = rest.size() > limit;
        List<ImageView.File> page = more ? rest.subList(0, limit) : rest;
        return new Page<>(page, more ? Optional.of(page.getLast().name()) : Optional.empty());
    }

    /** @throws RefusedException NOT_FOUND or UNAVAILABLE */
    public ImageView.Comparison compare(String before, String after, int limit) {
        List<ImageDifference> found = ask("fingerprint", before + " and " + after, hub -> hub.differences(before, after, limit + 1));
        return new ImageView.Comparison(found.stream().limit(limit).map(each -> new ImageView.Difference(each.path(), each.before().map(BrowseImage::file), each.after().map(BrowseImage::file))).toList(),
                found.size() <= limit);
    }

    private static ImageView.File file(ImageFile file) {
        return new ImageView.File(file.name(), file.kind(), file.mode(), file.uid(), file.gid(), file.size(), file.target());
    }

    private interface Question<T> {
        T ask(ImageConnection hub) throws ResourceException;
    }

    private <T> T ask(String field, String value, Question<T> question) {
        try (ImageConnection hub = images.getConnection(CurrentOrganisation.name())) {
            return question.ask(hub);
        } catch (ImageException refused) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such image, or nothing there", new Fault(field, String.valueOf(refused.getMessage()), value));
        } catch (ResourceException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The image hub does not answer", new Fault("hub", String.valueOf(away.getMessage()), ""));
        }
    }
}
