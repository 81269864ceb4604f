package org.zosgrid.contract.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/**
 * HTTP message signatures (RFC 9421) with the content digest of RFC 9530, in one fixed profile: the signature named {@code zos} covers
 * {@code @method}, {@code @path}, {@code @query} and {@code content-digest}, and carries {@code created}, {@code nonce}, {@code keyid} and
 * {@code alg="mldsa65-ed25519"}. Anything else is refused: there is nothing to negotiate.
 */
public final class HttpSignature {
    /** How old a signature may be, and how far a caller's clock may be ahead. */
    public static final Duration MAX_AGE = Duration.ofSeconds(60);

    private static final String COMPONENTS = "(\"@method\" \"@path\" \"@query\" \"content-digest\")";
    private static final String ALGORITHM = "mldsa65-ed25519";
    private static final Pattern INPUT = Pattern.compile("zos=(" + Pattern.quote(COMPONENTS)
            + ";created=([0-9]{1,12});nonce=\"([0-9a-f]{32})\";keyid=\"([0-9a-f]{64})\";alg=\"" + ALGORITHM + "\")");
    private static final Pattern SIGNATURE = Pattern.compile("zos=:([A-Za-z0-9+/]{1,8000}={0,2}):");
    private static final int MAX_HEADER = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Who signed, and the nonce they used: the receiver must accept each nonce once within {@link #MAX_AGE}.
     */
    public record Verified(KeyId keyId, String nonce, Instant created) {}

    private HttpSignature() {}

    /** The three headers that sign a request. */
    public static Map<String, String> sign(Signer signer, String method, String pathAndQuery, byte[] body, Instant now) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String digest = contentDigest(body);
        String parameters = COMPONENTS + ";created=" + now.getEpochSecond() + ";nonce=\"" + HexFormat.of().formatHex(nonce) + "\";keyid=\"" + signer.id().hex()
                + "\";alg=\"" + ALGORITHM + "\"";
        byte[] signature = signer.sign(base(method, pathAndQuery, digest, parameters));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Digest", digest);
        headers.put("Signature-Input", "zos=" + parameters);
        headers.put("Signature", "zos=:" + Base64.getEncoder().encodeToString(signature) + ":");
        return headers;
    }

    /**
     * Checks a request.
     *
     * @param header a header's value by its name, empty if the request has none
     * @throws ContractException if anything is missing, malformed, too old, or does not verify
     */
    public static Verified verify(
            Function<String, Optional<String>> header,
            String method,
            String pathAndQuery,
            byte[] body,
            Function<KeyId, Optional<VerificationKey>> keys,
            Instant now) {
        Matcher input = match(INPUT, header, "Signature-Input", "the one profile this interface knows");
        Matcher signature = match(SIGNATURE, header, "Signature", "zos=:BASE64:");
        String digest = header.apply("Content-Digest").orElseThrow(() -> new ContractException("Content-Digest", "is missing"));
        if (!MessageDigest.isEqual(digest.getBytes(StandardCharsets.UTF_8), contentDigest(body).getBytes(StandardCharsets.UTF_8))) {
            throw new ContractException("Content-Digest", "is not the digest of the body", digest);
        }
        Instant created = Instant.ofEpochSecond(Long.parseLong(input.group(2)));
        if (Duration.between(created, now).abs().compareTo(MAX_AGE) > 0) {
            throw new ContractException("Signature-Input", "must have been created within " + MAX_AGE.toSeconds() + " s of this server's clock, " + now, created.toString());
        }
        KeyId keyId = new KeyId(input.group(4));
        VerificationKey key = keys.apply(keyId).orElseThrow(() -> new ContractException("Signature-Input", "names a key that the trust root does not know", keyId.hex()));
        if (!key.verify(base(method, pathAndQuery, digest, input.group(1)), decode(signature.group(1)))) {
            throw new ContractException("Signature", "does not verify");
        }
        return new Verified(keyId, input.group(3), created);
    }

    /** The key that a request says it is signed with; nothing of it is verified. Empty if it names none in the one profile. */
    public static Optional<KeyId> named(Function<String, Optional<String>> header) {
        return header.apply("Signature-Input").filter(value -> value.length() <= MAX_HEADER).map(INPUT::matcher).filter(Matcher::matches).map(input -> new KeyId(input.group(4)));
    }

    private static byte[] base(String method, String pathAndQuery, String digest, String parameters) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String query = question < 0 ? "?" : pathAndQuery.substring(question);
        return ("\"@method\": " + method + "\n\"@path\": " + path + "\n\"@query\": " + query + "\n\"content-digest\": " + digest + "\n\"@signature-params\": " + parameters)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String contentDigest(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(Digests.sha256(body)) + ":";
    }

    private static Matcher match(Pattern pattern, Function<String, Optional<String>> header, String name, String form) {
        String value = header.apply(name).orElseThrow(() -> new ContractException(name, "is missing: every request must be signed (RFC 9421)"));
        Matcher match = pattern.matcher(value);
        if (value.length() > MAX_HEADER || !match.matches()) {
            throw new ContractException(name, "must have the form of " + form, value);
        }
        return match;
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new ContractException("Signature", "is no base64");
        }
    }
}
