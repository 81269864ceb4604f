package org.zosgrid.contract.document;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;

/**
 * An image: {@code repository:tag}, and once it is pinned {@code repository:tag@sha256:FINGERPRINT}.
 *
 * @param fingerprint SHA-256 of the flist file, in hex; what counts. The name is for people
 */
public record ImageReference(String repository, String tag, Optional<String> fingerprint) {
    private static final String REPOSITORY = "[a-z0-9]+(?:[._/-][a-z0-9]+){0,15}";
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}";
    private static final Pattern FORM = Pattern.compile("(" + REPOSITORY + "):(" + TAG + ")(?:@sha256:([0-9a-f]{64}))?");

    public ImageReference {
        String text = repository + ":" + tag;
        if (text.length() > 200 || !FORM.matcher(text).matches()) {
            throw new ContractException("image", "must be REPOSITORY:TAG, such as demo/web:1.0", text);
        }
        fingerprint.ifPresent(each -> {
            if (!Names.FINGERPRINT.matcher(each).matches()) {
                throw new ContractException("image", "must be pinned by " + Names.FINGERPRINT_FORM, each);
            }
        });
    }

    public static ImageReference parse(String text) {
        Matcher match = text.length() > 300 ? null : FORM.matcher(text);
        if (match == null || !match.matches()) {
            throw new ContractException("image", "must be REPOSITORY:TAG or REPOSITORY:TAG@sha256:FINGERPRINT, such as demo/web:1.0", text);
        }
        return new ImageReference(match.group(1), match.group(2), Optional.ofNullable(match.group(3)));
    }

    /** The name without the fingerprint. */
    public String name() {
        return repository + ":" + tag;
    }

    @Override
    public String toString() {
        return name() + fingerprint.map(each -> "@sha256:" + each).orElse("");
    }
}
