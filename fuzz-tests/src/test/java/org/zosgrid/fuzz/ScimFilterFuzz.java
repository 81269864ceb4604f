package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.zosgrid.workloads.scim.Filter;
import org.zosgrid.workloads.scim.PatchPath;
import org.zosgrid.workloads.scim.ScimException;

@ExtendWith(CoverageGuided.class)
class ScimFilterFuzz {
    static Stream<byte[]> seeds() {
        return Vectors.seeds(Vectors.utf8("userName eq \"bjensen\" and (active eq true or not (title pr))"), Vectors.utf8("emails[type eq \"work\" and value co \"@example.org\"]"),
                Vectors.utf8("meta.lastModified ge \"2026-11-26T12:00:00Z\""), Vectors.utf8("members[value eq \"2819c223-7f76-453a-919d-413861904646\"].display"),
                Vectors.utf8("urn:ietf:params:scim:schemas:core:2.0:User:name.familyName sw \"\\u00e9\\\"\\\\\" or a ne null and b lt -1.5"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadSurvivesItsText(byte[] input) {
        Finding.unless(ScimFilterFuzz.class, input, () -> {
            String text = new String(input, StandardCharsets.UTF_8);
            survives(text, Filter::parse);
            survives(text, PatchPath::parse);
        });
    }

    private static <T> void survives(String text, Function<String, T> parse) {
        T read;
        try {
            read = parse.apply(text);
        } catch (ScimException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        // what is written has a blank between any two words, and may be longer than may be read
        if (read.toString().length() <= text.length()) {
            assertThat(parse.apply(read.toString())).isEqualTo(read);
        }
    }
}
