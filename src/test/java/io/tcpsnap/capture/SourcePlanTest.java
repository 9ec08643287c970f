package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SourcePlanTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void denseTicksWalkTheTableEveryTwoSecondsUnlessTheyAreToldTo() {
        assertThat(SourcePlan.byDefault(50_000_000L).periods().values()).containsOnly(1);
        assertThat(SourcePlan.byDefault(10_000_000L).periods())
                .containsEntry("tcp", 200)
                .containsEntry("tcp6", 200)
                .containsEntry("diag", 1);
        assertThat(SourcePlan.parse("+tcp", 10_000_000L).periods())
                .containsEntry("tcp", 1)
                .containsEntry("tcp6", 200);
        assertThat(SourcePlan.parse("-diag,+tcp6/7", 10_000_000L).periods())
                .containsEntry("tcp", 1)
                .containsEntry("tcp6", 7);
        assertThat(SourcePlan.parse("tcp", 10_000_000L).periods()).isEqualTo(Map.of("tcp", 1));
    }

    @Test
    void periodsStandBehindNames() {
        assertThat(SourcePlan.parse("diag,tcp/10, dev/2", SECOND).periods())
                .isEqualTo(Map.of("tcp", 10, "dev", 2, "diag", 1));
        assertThat(SourcePlan.parse("diag,tcp", SECOND).periods().keySet()).containsExactly("tcp", "diag");
    }

    @Test
    void plusAndMinusChangeTheDefault() {
        Map<String, Integer> expected =
                new HashMap<>(SourcePlan.byDefault(SECOND).periods());
        expected.put("tcp", 60);
        expected.put("owner", 5);
        expected.remove("softnet");
        assertThat(SourcePlan.parse("+tcp/60,-softnet,+owner/5", SECOND).periods())
                .isEqualTo(expected);
    }

    @Test
    void whatIsWrongIsSaid() {
        for (String wrong : List.of("tpc", "tcp/", "tcp/x", "tcp/-1", "", "diag,,dev")) {
            assertThatThrownBy(() -> SourcePlan.parse(wrong, SECOND)).hasMessageStartingWith("unknown source '");
        }
        assertThatThrownBy(() -> SourcePlan.parse("tcp/0", SECOND)).hasMessage("'tcp/0': a period is at least 1");
    }

    @Test
    void aSourceIsDueAtTheFirstTickAndOnceInEachPeriod() {
        DueSources sources = new DueSources(SourcePlan.parse("diag,tcp/10", SECOND));
        List<Set<String>> due = IntStream.range(0, 30)
                .mapToObj(slot -> sources.at(slot, name -> 1))
                .toList();
        assertThat(IntStream.range(0, 30)
                        .filter(slot -> due.get(slot).contains("tcp"))
                        .toArray())
                .containsExactly(0, 10, 20);
        assertThat(due).allSatisfy(names -> assertThat(names).contains("diag"));
    }

    @Test
    void aSlotThatWasMissedDelaysASourceToTheNextTick() {
        DueSources sources = new DueSources(SourcePlan.parse("diag,tcp/10", SECOND));
        long[] slots = {0, 5, 9, 12, 13, 19, 20, 41, 42};
        assertThat(LongStream.of(slots)
                        .filter(slot -> sources.at(slot, name -> 1).contains("tcp"))
                        .toArray())
                .containsExactly(0, 12, 20, 41);
    }
}
