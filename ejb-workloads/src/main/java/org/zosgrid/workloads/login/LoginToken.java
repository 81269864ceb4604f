package org.zosgrid.workloads.login;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.Digests;

/**
 * What somebody shows who is logged in: {@code zos.ORGANISATION.SECRET}. No JWT begins so.
 *
 * @param text all of it, with 256 bits that nobody can guess
 */
record LoginToken(String organisation, String text) {
    private static final int SECRET = 32;
    private static final Pattern FORM = Pattern.compile("zos\\.([a-z0-9-]{1,36})\\.[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static LoginToken make(String organisation) {
        byte[] secret = new byte[SECRET];
        RANDOM.nextBytes(secret);
        return new LoginToken(organisation, "zos." + organisation + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<LoginToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new LoginToken(form.group(1), text)) : Optional.empty();
    }

    /** Under what it is kept. */
    String digest() {
        return Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a login's token of " + organisation;
    }
}
