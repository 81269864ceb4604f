package org.zosgrid.workloads.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/**
 * Tells whether a JWT (RFC 7519, in the compact form of RFC 7515) is one of this issuer for this server, and now: RFC 8725 names what must be looked at. Keys
 * are those of the issuer's JWK set, kept for five minutes; a token that names an unknown key has the set read again, at most twice in half a minute, so that
 * the issuer may change keys and strangers cannot make this server ask for ever.
 */
final class TokenVerifier {
    /** Signatures by a private key only: with HMAC the issuer's public key would do for a key (RFC 8725, section 2.1). */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384);

    private static final Set<String> REQUIRED = Set.of("sub", "exp");
    private static final int MAX_TOKEN = 16_384;
    private static final int MAX_SUBJECT = 255; // OpenID Connect Core 1.0, section 2
    private static final int PATIENCE_MILLISECONDS = 5000;
    private static final int MAX_KEYS = 262_144;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String groupsClaim;
    private final Optional<String> organisationClaim;

    /** @param groupsClaim the claim with a list of group names */
    TokenVerifier(String issuer, String audience, URL keys, String groupsClaim, Optional<String> organisationClaim) {
        this.organisationClaim = organisationClaim;
        this.groupsClaim = groupsClaim;
        // nothing in the background: a container's application starts no threads of its own
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys, new DefaultResourceRetriever(PATIENCE_MILLISECONDS, PATIENCE_MILLISECONDS, MAX_KEYS)).refreshAheadCache(false).build();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(audience, new JWTClaimsSet.Builder().issuer(issuer).build(), REQUIRED));
    }

    /**
     * What a good token says.
     *
     * @param groups none, if the token has no such claim
     * @param organisation empty, if no claim is wanted or it has none
     */
    record Claims(String subject, String name, Set<String> groups, Optional<String> organisation) {}

    /** @throws RefusedException UNAUTHENTICATED with what is wrong, UNAVAILABLE if the issuer's keys cannot be read */
    Claims verify(String token) {
        if (token.length() > MAX_TOKEN) {
            throw bad("must not be longer than " + MAX_TOKEN + " characters, is " + token.length());
        }
        try {
            return claims(processor.process(SignedJWT.parse(token), null));
        } catch (RateLimitReachedException unknownKey) {
            throw bad("must be signed by a key that the issuer publishes");
        } catch (KeySourceException away) {
            throw new RefusedException(Kind.UNAVAILABLE, "The issuer's keys cannot be read", new Fault("zos.tokens.keys", "must answer with a JWK set", String.valueOf(away.getMessage())));
        } catch (ParseException malformed) {
            throw bad("must be a signed JWT whose claims are of their types");
        } catch (BadJOSEException | JOSEException wrong) {
            throw bad(String.valueOf(wrong.getMessage()));
        }
    }

    private Claims claims(JWTClaimsSet claims) throws ParseException {
        String subject = String.valueOf(claims.getSubject());
        if (subject.isBlank() || subject.length() > MAX_SUBJECT) {
            throw bad("sub must have 1 to " + MAX_SUBJECT + " characters");
        }
        List<String> groups = claims.getClaim(groupsClaim) == null ? List.of() : claims.getStringListClaim(groupsClaim);
        if (groups.stream().anyMatch(Objects::isNull)) {
            throw bad(groupsClaim + " must be a list of texts");
        }
        return new Claims(subject, name(claims, subject), Set.copyOf(groups), organisationClaim.isEmpty() ? Optional.empty() : Optional.ofNullable(claims.getStringClaim(organisationClaim.get())));
    }

    /** MicroProfile JWT 2.1, section "Minimum MP-JWT Required Claims". */
    private static String name(JWTClaimsSet claims, String subject) throws ParseException {
        for (String claim : List.of("upn", "preferred_username")) {
            String name = claims.getStringClaim(claim);
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return subject;
    }

    /** Never with the token itself, which may be good elsewhere. */
    private static RefusedException bad(String problem) {
        return new RefusedException(Kind.UNAUTHENTICATED, "The token is not one for this server", new Fault("Authorization", problem, "a token"));
    }
}
