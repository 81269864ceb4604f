package org.zosgrid.workloads.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TokenHolder.Role;

/** Tokens against keys that are read over real HTTP. */
class TokenSettingsTest {
    private Issuer issuer;
    private TokenSettings settings;

    @BeforeEach
    void start() throws Exception {
        issuer = new Issuer();
        settings = new TokenSettings(new TokenVerifier(Issuer.NAME, Issuer.AUDIENCE, issuer.keys(), "groups", java.util.Optional.empty()), "everybody, auditors", "platform");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    // whom a token names

    @Test
    void groupsAreMappedToRoles() {
        assertThat(holder(Issuer.claims("auditors", "others"))).isEqualTo(new TokenHolder("f81d4fae", "erin@example.org", Set.of(Role.READER)));
        assertThat(holder(Issuer.claims("platform")).roles()).containsExactlyInAnyOrder(Role.READER, Role.ADMINISTRATOR);
    }

    @Test
    void aGoodTokenWithoutARoleDoesNotGetIn() {
        refused(Issuer.claims("Auditors", "administrators", "everybody, auditors", ""), Kind.FORBIDDEN, "zos.tokens.readers");
        refused(Issuer.claims().claim("groups", null), Kind.FORBIDDEN, "zos.tokens.readers");
    }

    @Test
    void withoutAUserPrincipalNameTheOtherNamesServe() {
        assertThat(holder(Issuer.claims("auditors").claim("upn", null).claim("preferred_username", "erin")).name()).isEqualTo("erin");
        assertThat(holder(Issuer.claims("auditors").claim("upn", null)).name()).isEqualTo("f81d4fae");
    }

    @Test
    void anAccessTokenMayHaveItsOwnTypeAndSeveralAudiences() {
        String token = Issuer.sign(Issuer.claims("auditors").audience(List.of("other", Issuer.AUDIENCE)), issuer.key(), new JOSEObjectType("at+jwt"));
        assertThat(settings.holder(token).name()).isEqualTo("erin@example.org");
    }

    // what is refused

    @Test
    void aTokenForSomebodyElseOrFromSomebodyElseOrOfAnotherTimeIsRefused() {
        Instant now = Instant.now();
        refused(Issuer.claims("auditors").issuer(Issuer.NAME + "/"), Kind.UNAUTHENTICATED, "iss");
        refused(Issuer.claims("auditors").issuer(null), Kind.UNAUTHENTICATED, "iss");
        refused(Issuer.claims("auditors").audience("other"), Kind.UNAUTHENTICATED, "audience");
        refused(Issuer.claims("auditors").audience((String) null), Kind.UNAUTHENTICATED, "aud");
        refused(Issuer.claims("auditors").expirationTime(Date.from(now.minusSeconds(90))), Kind.UNAUTHENTICATED, "Expired");
        refused(Issuer.claims("auditors").expirationTime(null), Kind.UNAUTHENTICATED, "exp");
        refused(Issuer.claims("auditors").notBeforeTime(Date.from(now.plusSeconds(90))), Kind.UNAUTHENTICATED, "before");
        refused(Issuer.claims("auditors").subject(null), Kind.UNAUTHENTICATED, "sub");
        refused(Issuer.claims("auditors").subject(" "), Kind.UNAUTHENTICATED, "sub");
        refused(Issuer.claims("auditors").claim("groups", "auditors"), Kind.UNAUTHENTICATED, "types");
        refused(Issuer.claims("auditors").claim("groups", List.of(7)), Kind.UNAUTHENTICATED, "types");
        refused(Issuer.claims().claim("groups", Arrays.asList("auditors", null)), Kind.UNAUTHENTICATED, "list of texts");
    }

    @Test
    void aTokenOfAnotherKindIsRefused() {
        refused(Issuer.sign(Issuer.claims("auditors"), issuer.key(), new JOSEObjectType("logout+jwt")), Kind.UNAUTHENTICATED, "typ");
    }

    @Test
    void aSignatureByAnotherKeyOfTheSameNameIsRefused() {
        refused(Issuer.sign(Issuer.claims("auditors"), Issuer.newKey("first"), JOSEObjectType.JWT), Kind.UNAUTHENTICATED, "signature");
    }

    @Test
    void whatNeedsNoPrivateKeyIsNoSignature() throws Exception {
        refused(new PlainJWT(Issuer.claims("auditors").build()).serialize(), Kind.UNAUTHENTICATED, "signed JWT");
        var symmetric = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), Issuer.claims("auditors").build());
        symmetric.sign(new MACSigner(issuer.key().toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
        refused(symmetric.serialize(), Kind.UNAUTHENTICATED, "");
    }

    @Test
    void noiseIsRefusedAndNothingIsAskedForIt() {
        for (String noise : List.of("x", "a.b.c", "..", "a.b", "eyJhbGciOiJub25lIn0.e30.", "x".repeat(20_000))) {
            refused(noise, Kind.UNAUTHENTICATED, "");
        }
        assertThat(issuer.asked()).isZero();
    }

    // the issuer's keys

    @Test
    void aNewKeyOfTheIssuerCountsAtOnceAndTheOldOneNoLonger() {
        String before = issuer.sign(Issuer.claims("auditors"));
        assertThat(settings.holder(before).roles()).containsExactly(Role.READER);
        issuer.changeKey("second");
        assertThat(holder(Issuer.claims("auditors")).roles()).containsExactly(Role.READER);
        refused(before, Kind.UNAUTHENTICATED, "");
    }

    @Test
    void strangersCannotHaveTheIssuerAskedForEver() {
        for (int each = 0; each < 20; each++) {
            refused(Issuer.sign(Issuer.claims("auditors"), Issuer.newKey("unknown" + each), JOSEObjectType.JWT), Kind.UNAUTHENTICATED, "");
        }
        assertThat(issuer.asked()).isLessThanOrEqualTo(2);
        assertThat(holder(Issuer.claims("auditors")).roles()).as("who has a known key is not kept out by them").containsExactly(Role.READER);
    }

    @Test
    void anIssuerThatIsAwayIsNotTheCallersFault() {
        String token = issuer.sign(Issuer.claims("auditors"));
        issuer.close();
        refused(token, Kind.UNAVAILABLE, "zos.tokens.keys");
    }

    private TokenHolder holder(JWTClaimsSet.Builder claims) {
        return settings.holder(issuer.sign(claims));
    }

    private void refused(JWTClaimsSet.Builder claims, Kind kind, String saying) {
        refused(issuer.sign(claims), kind, saying);
    }

    private void refused(String token, Kind kind, String saying) {
        assertThatThrownBy(() -> settings.holder(token)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(kind);
            assertThat(refused).hasMessageContaining(saying);
            assertThat(refused.getMessage()).as("the token is kept to ourselves").doesNotContain(token.length() > 20 ? token : "\0");
        });
    }
}
