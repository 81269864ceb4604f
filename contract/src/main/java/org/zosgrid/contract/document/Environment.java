package org.zosgrid.contract.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;

/** Where a deployment belongs; part of its class of change. */
public enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION;

    public static Environment parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ContractException("environment",
                        "must be one of " + Arrays.stream(values()).map(Environment::toString).collect(Collectors.joining(", ")), text));
    }

    /** As it stands in documents: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
