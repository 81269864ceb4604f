package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.zosgrid.contract.document.ImageReference;

/**
 * What approved documents call the contents of images. Kept beside the documents, so that a question reads only those that were sealed since the one before it. What nobody has
 * approved names nothing here. Every method works in the caller's transaction.
 */
@ApplicationScoped
public class ImageNames {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected ImageNames() {}

    ImageNames(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * A document that may name images.
     *
     * @param index where the ledger says that it was sealed
     * @param envelope the DSSE envelope's JSON, as submitted
     */
    public record Sealed(long index, byte[] envelope) {}

    /**
     * Sealed deployments and promotions that were not read yet, in the ledger's order. Where there are any, nobody else is given them before this transaction ends.
     */
    public List<Sealed> unread(int limit) {
        String unread = "from change where sealed_index >= (select ledger_size from image_names_read) and kind in ('deployment', 'promotion')";
        if (entities.createNativeQuery("select 1 " + unread, Integer.class).setMaxResults(1).getResultList().isEmpty()) {
            return List.of();
        }
        entities.createNativeQuery("select ledger_size from image_names_read for update", Long.class).getSingleResult();
        List<?> found = entities.createNativeQuery("select sealed_index, envelope " + unread + " order by sealed_index", Object[].class).setMaxResults(limit).getResultList();
        return found.stream().map(Object[].class::cast).map(row -> new Sealed(((Number) row[0]).longValue(), (byte[]) row[1])).toList();
    }

    /** Notes what a document calls the images in it, which need not be asked again. */
    public void keep(Sealed read, Collection<ImageReference> images) {
        for (ImageReference image : images) {
            image.fingerprint().ifPresent(fingerprint -> entities.createNativeQuery("insert into image_name (fingerprint, name) values (:fingerprint, :name) on conflict do nothing")
                    .setParameter("fingerprint", fingerprint).setParameter("name", image.name()).executeUpdate());
        }
        entities.createNativeQuery("update image_names_read set ledger_size = :size").setParameter("size", read.index() + 1).executeUpdate();
    }

    /** The names of these contents, as far as they were noted; in order. */
    public Map<String, List<String>> of(Collection<String> fingerprints) {
        if (fingerprints.isEmpty()) {
            return Map.of();
        }
        List<?> found = entities.createNativeQuery("select fingerprint, name from image_name where fingerprint in (:fingerprints) order by name", Object[].class)
                .setParameter("fingerprints", fingerprints).getResultList();
        return found.stream().map(Object[].class::cast).collect(Collectors.groupingBy(row -> (String) row[0], Collectors.mapping(row -> (String) row[1], Collectors.toList())));
    }
}
