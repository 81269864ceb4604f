package org.zosgrid.contract.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.envelope.PayloadType;

/**
 * What people found when they looked at an emergency change afterwards. It needs the approvals that the change itself would have needed in the usual way, and neither is asked for by whoever asked for the
 * emergency, nor do they count as an approver. It is for the control plane and for auditors; no node takes one.
 *
 * @param name follows from the deployment's, {@link #name(String)}: there is one line of reviews of each deployment
 * @param subject the deployment
 * @param subjectVersion the version that was an emergency
 * @param digest of the emergency's envelope, in hex: what was looked at is exactly this
 * @param environment the emergency's
 * @param askedBy who asked for the emergency
 * @param findings what was seen, and what follows from it
 */
public record EmergencyReview(
        String name,
        long version,
        String requester,
        Instant created,
        Instant expires,
        String subject,
        long subjectVersion,
        String digest,
        Environment environment,
        String askedBy,
        Verdict verdict,
        String findings,
        Demand demand)
        implements ChangeDocument {
    /** What names of reviews begin with. */
    public static final String PREFIX = "review-";
    private static final int MAX_FINDINGS = 4000;

    /** Whether there was no time for the usual way. */
    public enum Verdict {
        JUSTIFIED,
        NOT_JUSTIFIED;

        /** @throws ContractException for any other word */
        public static Verdict parse(String text) {
            return Arrays.stream(values()).filter(each -> each.toString().equals(text)).findFirst().orElseThrow(
                    () -> new ContractException("", "must be " + Arrays.stream(values()).map(Verdict::toString).collect(Collectors.joining(" or ")), text));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What reviews of emergencies of this deployment are called. */
    public static String name(String deployment) {
        String readable = PREFIX + deployment;
        return readable.length() <= Names.MAX ? readable : PREFIX + Digests.sha256Hex(deployment.getBytes(StandardCharsets.UTF_8)).substring(0, Names.MAX - PREFIX.length());
    }

    public static EmergencyReview parse(byte[] payload) {
        JsonObject object = JsonObject.of(payload, "review");
        EmergencyReview review = new EmergencyReview(
                object.text("name", Names.MAX, Names.NAME, Names.FORM),
                object.number("version", 1, Long.MAX_VALUE),
                object.text("requester", Names.MAX, Names.NAME, Names.FORM),
                object.instant("created"),
                object.instant("expires"),
                object.text("subject", Names.MAX, Names.NAME, Names.FORM),
                object.number("subjectVersion", 1, Long.MAX_VALUE),
                object.value("digest", 64, EmergencyReview::digest, ""),
                object.value("environment", 20, Environment::parse, Environment.PRODUCTION),
                object.text("askedBy", Names.MAX, Names.NAME, Names.FORM),
                object.value("verdict", 20, Verdict::parse, Verdict.NOT_JUSTIFIED),
                object.text("findings", MAX_FINDINGS),
                Demand.read(object));
        if (!review.name.equals(name(review.subject))) {
            object.fault("name", "must be " + name(review.subject) + ", which follows from subject", review.name);
        }
        if (review.requester.equals(review.askedBy)) {
            object.fault("requester", "must not be who asked for the emergency", review.requester);
        }
        object.end();
        return review;
    }

    private static String digest(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new ContractException("", "must be a SHA-256 in hex", text);
        }
        return text;
    }

    /** Who asks for the review, and who asked for the emergency. */
    @Override
    public Set<String> parties() {
        return new TreeSet<>(Set.of(requester, askedBy));
    }

    /** Empty: it is for the control plane and for auditors. */
    @Override
    public Set<String> nodes() {
        return Set.of();
    }

    @Override
    public EmergencyReview withDemand(Demand other) {
        return new EmergencyReview(name, version, requester, created, expires, subject, subjectVersion, digest, environment, askedBy, verdict, findings, other);
    }

    @Override
    public String payloadType() {
        return PayloadType.REVIEW;
    }

    @Override
    public byte[] toJson() {
        var object = StrictJson.object()
                .put("name", name)
                .put("version", version)
                .put("requester", requester)
                .put("created", created.toString())
                .put("expires", expires.toString())
                .put("subject", subject)
                .put("subjectVersion", subjectVersion)
                .put("digest", digest)
                .put("environment", environment.toString())
                .put("askedBy", askedBy)
                .put("verdict", verdict.toString())
                .put("findings", findings);
        demand.write(object);
        return StrictJson.bytes(object);
    }
}
