package org.zosgrid.contract.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * An image may run in an environment, or, without {@code until}, may do so no more. It comes to nodes with the contract of each deployment that needs it; by itself, a node takes
 * revocations alone.
 *
 * @param name follows from image and environment, {@link #name(ImageReference, Environment)}: so there is one line of versions of each, and a revocation is the last word on all before it
 * @param reason why, for whoever reads the ledger later
 * @param image pinned: another fingerprint under the same tag is another image
 * @param until how long deployments may refer to it; what runs then goes on. Empty to revoke every version before this one
 */
public record ImagePromotion(String name, long version, String requester, Instant created, Instant expires, String reason, ImageReference image, Environment environment, Optional<Instant> until, Demand demand)
        implements ChangeDocument {
    private static final String PREFIX = "promotion-";
    private static final ImageReference NONE = ImageReference.parse("a:a");

    /** What a promotion of this image to this environment is called. */
    public static String name(ImageReference image, Environment environment) {
        return PREFIX + Digests.sha256Hex((environment + "\n" + image).getBytes(StandardCharsets.UTF_8)).substring(0, Names.MAX - PREFIX.length());
    }

    /** With no demand beyond the rules. */
    public ImagePromotion(String name, long version, String requester, Instant created, Instant expires, String reason, ImageReference image, Environment environment, Optional<Instant> until) {
        this(name, version, requester, created, expires, reason, image, environment, until, Demand.NONE);
    }

    public static ImagePromotion parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "promotion");
        Order order = Order.read(object, 1);
        ImagePromotion promotion = new ImagePromotion(
                order.name(), order.version(), order.requester(), order.created(), order.expires(), order.reason(),
                object.value("image", 300, ImagePromotion::pinned, NONE),
                object.value("environment", 20, Environment::parse, Environment.PRODUCTION),
                object.has("until") ? Optional.of(object.instant("until")) : Optional.empty(),
                order.demand());
        if (!promotion.image.equals(NONE) && !promotion.name.equals(name(promotion.image, promotion.environment))) {
            object.fault("name", "must be " + name(promotion.image, promotion.environment) + ", which follows from image and environment", promotion.name);
        }
        promotion.until.filter(end -> !end.isAfter(promotion.created)).ifPresent(end -> object.fault("until", "must lie after created, " + promotion.created, end.toString()));
        object.end();
        return promotion;
    }

    private static ImageReference pinned(String text) {
        ImageReference image = ImageReference.parse(text);
        if (image.fingerprint().isEmpty()) {
            throw new ContractException("", "must be pinned to a fingerprint, as REPOSITORY:TAG@sha256:FINGERPRINT", text);
        }
        return image;
    }

    /** Whether it ends what versions before it allowed. */
    public boolean isRevocation() {
        return until.isEmpty();
    }

    /** Empty: a promotion comes with deployments, and whoever must hear of a revocation is not said in it. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public ImagePromotion withDemand(Demand other) {
        return new ImagePromotion(name, version, requester, created, expires, reason, image, environment, until, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.PROMOTION;
    }

    @Override
    public byte[] toJson() {
        var object = new Order(name, version, requester, created, expires, reason, demand).object()
                .put("image", image.toString())
                .put("environment", environment.toString());
        until.ifPresent(end -> object.put("until", end.toString()));
        return StrictJson.bytes(object);
    }
}
