package org.zosgrid.workloads.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.model.Condition;
import org.zosgrid.model.Condition.Column;
import org.zosgrid.model.Condition.Comparison;

/** Filters as they are written, and what of them the database is asked. */
class FilterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userName Eq "bjensen"                                          | userName eq "bjensen"
            a eq "1" or b eq 2 and not (c pr)                              | a eq "1" or b eq 2 and not (c pr)
            a pr or (b pr or (c pr and (d pr and e pr)))                   | a pr or (b pr or c pr and (d pr and e pr))
            (a pr or b pr) AND c pr                                        | (a pr or b pr) and c pr
            urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"     | urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"
            emails[type eq "work" and value co "@example.com"]             | emails[type eq "work" and value co "@example.com"]
            userName eq "a \\"quoted\\" \\u00e9\\\\"                       | userName eq "a \\"quoted\\" é\\\\"
            meta.lastModified gt "2011-05-13T04:42:34Z"                    | meta.lastModified gt "2011-05-13T04:42:34Z"
            active eq true                                                 | active eq true
            title ne null                                                  | title ne null
            notes pr and order pr                                          | notes pr and order pr
            """)
    void aFilterIsReadAsItBindsAndSurvivesItsText(String text, String normal) {
        assertThat(Filter.parse(text)).hasToString(normal);
        assertThat(Filter.parse(normal)).isEqualTo(Filter.parse(text));
    }

    @Test
    void andBindsMoreThanOrAndBothFromTheLeft() {
        assertThat(Filter.parse("a pr or b pr and c pr")).isInstanceOfSatisfying(Filter.Or.class, or -> assertThat(or.right()).isInstanceOf(Filter.And.class));
        assertThat(Filter.parse("(a pr or b pr) and c pr")).isInstanceOfSatisfying(Filter.And.class, and -> assertThat(and.left()).isInstanceOf(Filter.Or.class));
        assertThat(Filter.parse("a pr or b pr or c pr")).isInstanceOfSatisfying(Filter.Or.class, or -> assertThat(or.left()).isInstanceOf(Filter.Or.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "userName", "userName eq", "userName eq bjensen", "userName is \"x\"", "userName eq \"x", "userName eq \"x\" and", "userName eq \"x\" \"y\"", "(userName pr", "not userName pr",
        "emails[type pr", "emails[phones[type pr]]", "userName eq \"\\q\"", "userName eq \"\\u12\"", "userName eq \"\\ud800\"", "userName eq \"\\u0000\"", "a.b.c pr", ".a pr", "1a pr", ":a pr", "a eq 01", "a eq 1e400", "a eq TRUE"})
    void whatIsNoneIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> Filter.parse(text)).isInstanceOfSatisfying(ScimException.class, refused -> assertThat(refused.kind()).isEqualTo(ScimException.Kind.INVALID_FILTER));
    }

    @Test
    void depthLengthAndTermsAreBounded() {
        assertThat(Filter.parse("(".repeat(16) + "a pr" + ")".repeat(16))).hasToString("a pr");
        assertThatThrownBy(() -> Filter.parse("(".repeat(17) + "a pr" + ")".repeat(17))).hasMessageContaining("deeper");
        Filter wide = Filter.parse("a pr" + " or a pr".repeat(63));
        assertThat(Filter.parse(wide.toString())).isEqualTo(wide);
        assertThatThrownBy(() -> Filter.parse("a pr" + " or a pr".repeat(64))).hasMessageContaining("64 terms");
        assertThatThrownBy(() -> Filter.parse("a eq \"" + "x".repeat(5000) + "\"")).hasMessageContaining("4096");
    }

    @Test
    void pathsNameAttributesElementsAndTheirParts() {
        assertThat(PatchPath.parse("members")).hasToString("members");
        assertThat(PatchPath.parse("name.familyName").attribute().sub()).contains("familyName");
        assertThat(PatchPath.parse("members[value eq \"2819c223\"]").which()).isPresent();
        assertThat(PatchPath.parse("emails[type eq \"work\"].value").part()).contains("value");
        for (String wrong : new String[] {"", "members[", "members[]", "members[value pr].", "members[value pr].a.b", "members[value pr] x", "members pr"}) {
            assertThatThrownBy(() -> PatchPath.parse(wrong)).as(wrong).isInstanceOfSatisfying(ScimException.class, refused -> assertThat(refused.kind()).isEqualTo(ScimException.Kind.INVALID_PATH));
        }
    }

    @Test
    void conditionsAreAboutWhatIsKept() {
        UUID member = new UUID(1, 2);
        assertThat(users("USERNAME eq \"Al\"")).isEqualTo(new Condition.Text(Column.NAME, Comparison.EQUAL, "Al"));
        assertThat(users("emails[value ew \"@a\"]")).isEqualTo(users("emails.value ew \"@a\"")).isEqualTo(new Condition.Text(Column.EMAIL, Comparison.ENDS, "@a"));
        assertThat(users("emails[type eq \"work\"]")).isEqualTo(new Condition.Present(Column.EMAIL));
        assertThat(users("active ne \"True\"")).isEqualTo(new Condition.Active(false));
        assertThat(users("externalId eq null")).isEqualTo(new Condition.Not(new Condition.Present(Column.EXTERNAL_ID)));
        assertThat(groups("members[value eq \"" + member + "\"]")).isEqualTo(groups("members eq \"" + member + "\"")).isEqualTo(new Condition.Member(member));
        assertThat(groups("members.value eq \"nobody\"")).isEqualTo(new Condition.Not(Condition.ALL));
        for (String wrong : new String[] {"password eq \"x\"", "userName eq 5", "active gt true", "active eq \"maybe\"", "meta.created co \"2026\"", "meta.created gt \"yesterday\"", "meta.created gt \"+999999999-01-01T00:00:00Z\"",
            "urn:other:userName pr", "groups.value eq \"x\""}) {
            assertThatThrownBy(() -> users(wrong)).as(wrong).isInstanceOf(ScimException.class);
        }
        assertThatThrownBy(() -> groups("userName pr")).hasMessageContaining("displayName or members.value");
        assertThatThrownBy(() -> new Wanted(Schema.USER).order("password", false)).hasMessageContaining("sortBy");
    }

    private static Condition users(String filter) {
        return new Wanted(Schema.USER).condition(Filter.parse(filter));
    }

    private static Condition groups(String filter) {
        return new Wanted(Schema.GROUP).condition(Filter.parse(filter));
    }
}
