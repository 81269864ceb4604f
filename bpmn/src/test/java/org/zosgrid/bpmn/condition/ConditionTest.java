package org.zosgrid.bpmn.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.bpmn.ChangeFacts;

class ConditionTest {
    private static final Subject SHOP = new Subject(new ChangeFacts("deployment", "production", true, 17, 4096, "confidential", 1200, 22), "shop", 3, Duration.ofHours(2));

    @ParameterizedTest
    @ValueSource(strings = {
        "environment = \"production\"", "exposed", "not not exposed", "machines > 16", "17 <= machines", "environment != \"staging\"", "version = 3.0", "memoryMiB > -1",
        "environment = \"production\" and (not exposed or machines > 16)", "false or false and true or true", "environment in (\"staging\", \"production\")",
        "machines in (1, 17)", "age >= PT120M", "age < P1D", "name = \"shop\"", "(exposed = true) = (machines > 1)", "kind = \"deployment\"", "true", "dataClass in (\"confidential\", \"restricted\")", "cost > 1000", "hour >= 20 or hour < 6"})
    void holds(String text) {
        Condition condition = Condition.parse(text);
        assertThat(condition.holds(SHOP)).isTrue();
        assertThat(Condition.parse("not (" + text + ")").holds(SHOP)).isFalse();
        assertThat(Condition.parse(condition.toString())).asString().isEqualTo(condition.toString());
        assertThat(Condition.parse(condition.toString()).holds(SHOP)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                            | 1 | a value must stand here: a variable, a \"text\", a number, a duration such as PT2H, true, false or ( (is: the end)",
        "environment = `               | 15 | no character of the language (is: U+0060)",
        "environment == \"production\" | 14 | a value must stand here: a variable, a \"text\", a number, a duration such as PT2H, true, false or ( (is: =)",
        "environment = production      | 15 | no such variable; there are kind, environment, exposed, machines, memoryMiB, name, version, age, dataClass, cost, hour (is: production)",
        "dataClass = \"secret\"       | 13 | dataClass is one of public, internal, confidential, restricted (is: secret)",
        "environment = \"prod\"        | 15 | environment is one of development, staging, production (is: prod)",
        "environment in (\"prod\")     | 17 | environment is one of development, staging, production (is: prod)",
        "environment = 'production'    | 15 | a text stands in double quotation marks (is: ')",
        "machines > \"16\"             | 12 | a number must stand here, as machines is one (is: a text)",
        "name > \"a\"                  | 6 | a text is compared with = or != (is: >)",
        "exposed > false               | 9 | a boolean is compared with = or != (is: >)",
        "machines                      | 1 | a condition is true or false, and machines is a number; compare it with something",
        "exposed and machines          | 9 | and stands with conditions, and machines is a number",
        "exposed && exposed            | 9 | write and, or (is: &)",
        "!exposed                      | 1 | write not, or != between two values (is: !)",
        "machines + 1 > 2              | 10 | there is no arithmetic (is: +)",
        "name.length() > 2             | 5 | there are no calls and no parts of values (is: .)",
        "now() > 2                     | 1 | there are no calls (is: now)",
        "${exposed}                    | 1 | an expression of another language (is: $); write a comparison such as environment = \"production\"",
        "name = \"${x}\"               | 8 | a text must end with a quotation mark and contain no ' \\ $ # { } and no control characters",
        "name = \"x') or x('\"          | 8 | a text must end with a quotation mark and contain no ' \\ $ # { } and no control characters",
        "(exposed                      | 9 | ) must stand here (is: the end)",
        "exposed)                      | 8 | and, or or the end must follow (is: ))",
        "exposed exposed               | 9 | and, or or the end must follow (is: exposed)",
        "and exposed                   | 1 | a value must stand before it (is: and)",
        "age > PT                      | 7 | a duration is written as in ISO 8601, such as P1D, PT2H or PT30M (is: PT)",
        "age > P1Y                     | 7 | a duration is written as in ISO 8601, such as P1D, PT2H or PT30M (is: P1Y)",
        "age > PT1                     | 7 | a duration is written as in ISO 8601, such as P1D, PT2H or PT30M (is: PT1)",
        "machines > 1234567890123456789| 12 | a number has at most 18 characters (is: 1234567890123456789)",
        "machines in (1, version)      | 17 | a list after in holds texts, numbers, durations, true or false (is: version)"})
    void aFaultIsNamedWithItsPlaceAndWhatWouldBeRight(String text, int character, String message) {
        ConditionException fault = catchThrowableOfType(ConditionException.class, () -> Condition.parse(text));
        assertThat(fault).as(text).hasMessage("at character " + character + ": " + message);
        assertThat(fault.position()).isEqualTo(character - 1);
    }

    @Test
    void aConditionHasLimits() {
        assertThatThrownBy(() -> Condition.parse("exposed or ".repeat(200) + "exposed")).hasMessageContaining("at most 2000 characters (is: 2207)");
        Condition.parse("(".repeat(31) + "exposed" + ")".repeat(31));
        assertThatThrownBy(() -> Condition.parse("(".repeat(32) + "exposed" + ")".repeat(32))).hasMessageContaining("nested 32 deep");
        assertThatThrownBy(() -> Condition.parse("not ".repeat(400) + "exposed")).hasMessageContaining("nested 32 deep");
    }

    /** Whatever stands there, it is a condition with one value, or a fault with a place in it. */
    @Test
    void everyTextIsAConditionOrHasAFault() {
        String[] words = {"exposed", "machines", "environment", "\"staging\"", "\"it's\"", "16", "PT1H", "age", "and", "or", "not", "in", "(", ")", "=", "<", ",", "true", "\"", "$", "'", ".", "P", "\u0000", "ß"};
        Random random = new Random(1);
        int conditions = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(9); n >= 0; n--) {
                text.append(words[random.nextInt(random.nextBoolean() ? 18 : words.length)]).append(random.nextInt(9) == 0 ? "" : " ");
            }
            try {
                Condition condition = Condition.parse(text.toString());
                assertThat(condition.toString()).doesNotContainPattern("['\\\\$#{}]");
                assertThat(Condition.parse(condition.toString()).holds(SHOP)).as(text.toString()).isEqualTo(condition.holds(SHOP));
                conditions++;
            } catch (ConditionException fault) {
                assertThat(fault.position()).as(text.toString()).isBetween(0, text.length());
            }
        }
        assertThat(conditions).isGreaterThan(1000);
    }
}
