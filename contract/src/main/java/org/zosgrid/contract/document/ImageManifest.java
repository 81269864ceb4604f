package org.zosgrid.contract.document;

import java.time.Instant;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * What an image signer signs: this name means this flist.
 *
 * @param flist SHA-256 of the flist file, in hex; it names every chunk, so it fixes the whole content
 * @param flistBytes size of the flist file
 * @param contentBytes size of all files in it, unpacked
 */
public record ImageManifest(String repository, String tag, String flist, long flistBytes, long contentBytes, Instant created) {

    public ImageManifest {
        new ImageReference(repository, tag, java.util.Optional.of(flist));
    }

    public static ImageManifest parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "image");
        String repository = object.text("repository", 200);
        String tag = object.text("tag", 64);
        String flist = object.text("flist", 64, Names.FINGERPRINT, Names.FINGERPRINT_FORM);
        long flistBytes = object.number("flistBytes", 1, Long.MAX_VALUE);
        long contentBytes = object.number("contentBytes", 0, Long.MAX_VALUE);
        Instant created = object.instant("created");
        object.end();
        return new ImageManifest(repository, tag, flist, flistBytes, contentBytes, created);
    }

    public byte[] toJson() {
        return StrictJson.bytes(StrictJson.object()
                .put("repository", repository)
                .put("tag", tag)
                .put("flist", flist)
                .put("flistBytes", flistBytes)
                .put("contentBytes", contentBytes)
                .put("created", created.toString()));
    }
}
