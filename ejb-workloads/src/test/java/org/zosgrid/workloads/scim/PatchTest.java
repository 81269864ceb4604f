package org.zosgrid.workloads.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.model.Account;
import org.zosgrid.model.AccountGroup;
import org.zosgrid.workloads.scim.ScimException.Kind;

/** Changes in the forms that services send. */
class PatchTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Account ALICE = account(1, "alice");
    private static final Account BOB = account(2, "bob");
    private static final Account CAROL = account(3, "carol");
    private static final AccountGroup GROUP = new AccountGroup(new UUID(0, 9), "auditors", Optional.of("G-1"), NOON, NOON);

    private static Account account(long id, String name) {
        return new Account(new UUID(0, id), name, Optional.of("E-" + id), new Account.Profile("", name, "", name + "@example.org"), true, NOON, NOON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"replace","value":{"active":false}}
            {"op":"Replace","path":"active","value":"False"}
            {"op":"replace","path":"active","value":false}
            {"op":"Add","path":"urn:ietf:params:scim:schemas:core:2.0:User:active","value":[{"value":"false"}]}
            {"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:ACTIVE":"FALSE"}}
            """)
    void everyWayToSayThatSomebodyIsNotActive(String operation) {
        assertThat(user(operation).active()).contains(false);
    }

    @Test
    void namesAndAddressesInTheFormsOfEntra() {
        UserJson.Said said = user("""
                {"op":"Replace","path":"name.familyName","value":"Liddell"},
                {"op":"Add","path":"emails[type eq \\"work\\"].value","value":"new@example.org"},
                {"op":"Replace","value":{"displayName":"Alice L.","name.givenName":"Al","externalId":"E-7","id":"ignored","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"x",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"x"}}},
                {"op":"Add","path":"title","value":"not kept"}""");
        assertThat(said.profile()).isEqualTo(new Account.Profile("Alice L.", "Al", "Liddell", "new@example.org"));
        assertThat(said.externalId()).contains("E-7");
        assertThat(user("{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"]\"},{\"op\":\"remove\",\"path\":\"externalId\"}").profile().email()).isEmpty();
        assertThat(user("{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":\"b@example.org\",\"type\":\"home\"},{\"value\":\"c@example.org\",\"primary\":true}]}").profile().email()).isEqualTo("c@example.org");
    }

    @Test
    void anAddressIsMadeWhereThereIsNone() {
        Account bare = new Account(new UUID(0, 1), "alice", Optional.empty(), Account.Profile.named(""), true, NOON, NOON);
        ObjectNode changed = new Patch(body("{\"op\":\"Add\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"a@example.org\"}"), Schema.USER).applied(UserJson.attributes(bare));
        assertThat(UserJson.said(changed).profile().email()).isEqualTo("a@example.org");
    }

    @Test
    void membersComeAndGoInEveryForm() {
        assertThat(members("{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"" + CAROL.id() + "\"}]}")).containsExactlyInAnyOrder(ALICE.id(), BOB.id(), CAROL.id());
        assertThat(members("{\"op\":\"add\",\"value\":{\"members\":[{\"value\":\"" + CAROL.id() + "\",\"display\":\"carol\",\"$ref\":\"x\"},{\"value\":\"" + BOB.id() + "\"}]}}")).hasSize(3);
        assertThat(members("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + BOB.id() + "\\\"]\"}")).containsExactly(ALICE.id());
        assertThat(members("{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"value\":\"" + ALICE.id() + "\"}]}")).containsExactly(BOB.id());
        assertThat(members("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + CAROL.id() + "\\\"]\"}")).as("who is none is gone").hasSize(2);
        assertThat(members("{\"op\":\"remove\",\"path\":\"members\"}")).isEmpty();
        assertThat(members("{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"" + CAROL.id() + "\"}]}")).containsExactly(CAROL.id());
        assertThat(members("{\"op\":\"replace\",\"value\":{\"id\":\"" + GROUP.id() + "\",\"displayName\":\"renamed\"}}")).hasSize(2);
        assertThat(group("{\"op\":\"replace\",\"value\":{\"id\":\"" + GROUP.id() + "\",\"displayName\":\"renamed\"}}").name()).isEqualTo("renamed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"replace","path":"id","value":"x"}                                      | MUTABILITY
            {"op":"replace","path":"meta.created","value":"x"}                            | MUTABILITY
            {"op":"replace","path":"groups","value":[]}                                   | MUTABILITY
            {"op":"remove"}                                                               | NO_TARGET
            {"op":"remove","path":"userName"}                                             | INVALID_VALUE
            {"op":"move","path":"userName","value":"x"}                                   | INVALID_SYNTAX
            {"op":"replace","path":"userName"}                                            | INVALID_SYNTAX
            {"op":"replace","value":"x"}                                                  | INVALID_SYNTAX
            {"op":"replace","value":{"shoeSize":"42"}}                                    | INVALID_SYNTAX
            {"op":"replace","path":"shoeSize","value":"42"}                               | INVALID_PATH
            {"op":"replace","path":"urn:other:userName","value":"42"}                     | INVALID_PATH
            {"op":"replace","path":"name.nickName","value":"x"}                           | INVALID_PATH
            {"op":"replace","path":"userName[value eq \\"x\\"]","value":"x"}              | INVALID_PATH
            {"op":"replace","path":"emails[value eq \\"no\\"].value","value":"x"}         | NO_TARGET
            {"op":"replace","path":"active","value":"perhaps"}                            | INVALID_VALUE
            {"op":"replace","path":"displayName","value":{"x":1}}                         | INVALID_VALUE
            {"op":"replace","path":"displayName","value":"a\\u0000b"}                     | INVALID_VALUE
            {"op":"replace","path":"password","value":"short"}                            | INVALID_VALUE
            {"op":"replace","path":"userName","value":"two words"}                        | INVALID_VALUE
            """)
    void whatCannotBeDoneIsNamed(String operation, Kind kind) {
        assertThatThrownBy(() -> user(operation)).isInstanceOfSatisfying(ScimException.class, refused -> assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(kind));
    }

    @Test
    void groupsHaveNoGroupsAndNoStrangersAsMembers() {
        assertThatThrownBy(() -> group("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + GROUP.id() + "\",\"type\":\"Group\"}]}")).hasMessageContaining("no groups in them");
        assertThatThrownBy(() -> group("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"bob\"}]}")).hasMessageContaining("id of a user");
        assertThatThrownBy(() -> group("{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"a,platform\"}")).hasMessageContaining("no comma");
    }

    @Test
    void aPasswordIsNeverRepeated() {
        assertThatThrownBy(() -> user("{\"op\":\"replace\",\"path\":\"password\",\"value\":\"s3cret\\u0007 that nobody sees\"}")).hasMessageNotContaining("s3cret");
        assertThat(UserJson.resource(ALICE, List.of()).json().toString()).doesNotContain("password");
    }

    @Test
    void aVersionChangesWithWhatIsShownAndWithNothingElse() {
        Resource before = GroupJson.resource(GROUP, List.of(ALICE));
        assertThat(GroupJson.resource(GROUP, List.of(ALICE)).version()).isEqualTo(before.version());
        Resource after = GroupJson.resource(GROUP, List.of(ALICE, BOB));
        assertThat(after.version()).isNotEqualTo(before.version()).matches("W/\"[0-9a-f]{32}\"");
        Stream.of("", "*", before.version(), before.version().substring(2), "\"other\", " + before.version()).forEach(before::mustBe);
        assertThatThrownBy(() -> after.mustBe(before.version())).isInstanceOfSatisfying(ScimException.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.CHANGED_MEANWHILE));
    }

    private static UserJson.Said user(String operations) {
        return UserJson.said(new Patch(body(operations), Schema.USER).applied(UserJson.attributes(ALICE)));
    }

    private static GroupJson.Said group(String operations) {
        return GroupJson.said(new Patch(body(operations), Schema.GROUP).applied(GroupJson.attributes(GROUP, List.of(ALICE, BOB))));
    }

    private static java.util.Set<UUID> members(String operations) {
        return group(operations).members();
    }

    private static ObjectNode body(String operations) {
        return (ObjectNode) StrictJson.parse(("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations + "]}").getBytes(StandardCharsets.UTF_8), "body");
    }
}
