package org.zosgrid.workloads.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connector must do, asked of both, against servers that answer as theirs do. */
class TicketSystemTest {
    private static final TicketSystem.Text TEXT = new TicketSystem.Text("zos-abc", "deployment of shop version 3", "alice submitted it");

    static Stream<TicketServer> servers() {
        try {
            return Stream.of(new ServiceNowServer(), new JiraServer());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aTicketIsOpenedOnceHoweverOftenItIsAskedFor(TicketServer there) throws IOException {
        try (there; TicketHttp http = there.http("hunter2")) {
            TicketSystem system = there.connect(http);
            String reference = system.open(TEXT);
            assertThat(system.open(TEXT)).isEqualTo(reference);
            assertThat(system.open(new TicketSystem.Text("zos-abcd", "another", ""))).isNotEqualTo(reference);
            assertThat(there.tickets()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatPeopleDoThereIsTheAnswer(TicketServer there) throws IOException {
        try (there; TicketHttp http = there.http("hunter2")) {
            TicketSystem system = there.connect(http);
            String reference = system.open(TEXT);
            assertThat(system.answer(reference)).isEqualTo(TicketSystem.Answer.NONE);
            there.agree();
            assertThat(system.answer(reference)).isEqualTo(TicketSystem.Answer.AGREED);
            there.refuse();
            assertThat(system.answer(reference)).isEqualTo(TicketSystem.Answer.REFUSED);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void remarksAndTheEndAreReadThere(TicketServer there) throws IOException {
        try (there; TicketHttp http = there.http("hunter2")) {
            TicketSystem system = there.connect(http);
            String reference = system.open(TEXT);
            system.remark(reference, "noted");
            system.close(reference, true, "it is running");
            assertThat(there.remarks()).hasSize(2).first().isEqualTo("noted");
            assertThat(there.remarks().getLast()).contains("it is running");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aWrongLoginAnUnknownTicketAServerThatFailsAndARedirectionAreFailures(TicketServer there) throws IOException {
        try (there; TicketHttp http = there.http("hunter2"); TicketHttp stranger = there.http("hunter3")) {
            assertThatThrownBy(() -> there.connect(stranger).open(TEXT)).isInstanceOf(IOException.class).hasMessageContaining("401").hasMessageNotContaining("hunter3");
            TicketSystem system = there.connect(http);
            assertThatThrownBy(() -> system.answer("nobody")).isInstanceOf(IOException.class).hasMessageContaining("404");
            there.status = 503;
            assertThatThrownBy(() -> system.open(TEXT)).isInstanceOf(IOException.class).hasMessageContaining("503").hasMessageContaining("not now");
            there.status = 302;
            assertThatThrownBy(() -> system.open(TEXT)).isInstanceOf(IOException.class).hasMessageContaining("302");
            assertThat(there.asked).noneMatch(each -> each.contains("elsewhere"));
            assertThat(there.tickets()).isZero();
        }
    }

    @Test
    void aTicketIsCalledAsPeopleCallIt() throws IOException {
        try (ServiceNowServer serviceNow = new ServiceNowServer(); JiraServer jira = new JiraServer(); TicketHttp toServiceNow = serviceNow.http("hunter2"); TicketHttp toJira = jira.http("hunter2")) {
            TicketSystem table = serviceNow.connect(toServiceNow);
            assertThat(table.called(table.open(TEXT))).isEqualTo("CHG0030001");
            TicketSystem issues = jira.connect(toJira);
            assertThat(issues.called(issues.open(TEXT))).isEqualTo("CHG-1");
        }
    }

    @Test
    void aClosedTicketOfServiceNowSaysWhetherItWentWell() throws IOException {
        try (ServiceNowServer there = new ServiceNowServer(); TicketHttp http = there.http("hunter2")) {
            TicketSystem system = there.connect(http);
            system.close(system.open(TEXT), false, "it is rejected");
            assertThat(there.remarks()).containsExactly("state 3, unsuccessful: it is rejected");
        }
    }
}
