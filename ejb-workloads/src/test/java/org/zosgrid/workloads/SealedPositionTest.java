package org.zosgrid.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.model.ChangeEvents.Position;

class SealedPositionTest {
    private final SealedPosition ours = new SealedPosition("ours");

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "812,9223372036854775807", "9223372036854775807,1"})
    void whatWasWrittenIsRead(long transaction, long id) {
        Position position = new Position(transaction, id);
        assertThat(ours.read(ours.written(position))).contains(position);
        assertThat(new SealedPosition("ours").read(ours.written(position))).as("at another server").contains(position);
    }

    @Test
    void neighboursLookNothingAlikeAndOthersReadThemNot() {
        String one = ours.written(new Position(812, 5));
        String next = ours.written(new Position(813, 5));
        assertThat(one).hasSize(32).doesNotContain("812");
        assertThat(same(one, next)).as("digits in the same place").isLessThan(12); // 2 of 32 by chance
        assertThat(new SealedPosition("theirs").read(one)).isNotEqualTo(Optional.of(new Position(812, 5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "812-5", "zz", "00112233445566778899aabbccddeef", "00112233445566778899AABBCCDDEEFF"})
    void whatIsNoneIsNone(String text) {
        assertThat(ours.read(text)).isEmpty();
    }

    private static long same(String one, String other) {
        return java.util.stream.IntStream.range(0, one.length()).filter(at -> one.charAt(at) == other.charAt(at)).count();
    }
}
