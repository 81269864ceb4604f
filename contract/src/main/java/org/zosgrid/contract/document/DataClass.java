package org.zosgrid.contract.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.zosgrid.contract.ContractException;

/** How much harm it does if what a deployment works on gets out: decision tables may demand more people where it is much. In the order of the harm. */
public enum DataClass {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    public static DataClass parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ContractException("dataClass",
                        "must be one of " + Arrays.stream(values()).map(DataClass::toString).collect(Collectors.joining(", ")), text));
    }

    /** As it stands in documents: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
