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
    @Test
    void periodsStandBehindNames() {
        assertThat(SourcePlan.parse("diag,tcp/10, dev/2").periods()).isEqualTo(Map.of("tcp", 10, "dev", 2, "diag", 1));
        assertThat(SourcePlan.parse("diag,tcp").periods().keySet()).containsExactly("tcp", "diag");
    }

    @Test
    void plusAndMinusChangeTheDefault() {
        Map<String, Integer> expected = new HashMap<>(SourcePlan.byDefault().periods());
        expected.put("tcp", 60);
        expected.put("owner", 5);
        expected.remove("softnet");
        assertThat(SourcePlan.parse("+tcp/60,-softnet,+owner/5").periods()).isEqualTo(expected);
    }

    @Test
    void whatIsWrongIsSaid() {
        for (String wrong : List.of("tpc", "tcp/", "tcp/x", "tcp/-1", "", "diag,,dev")) {
            assertThatThrownBy(() -> SourcePlan.parse(wrong)).hasMessageStartingWith("unknown source '");
        }
        assertThatThrownBy(() -> SourcePlan.parse("tcp/0")).hasMessage("'tcp/0': a period is at least 1");
    }

    @Test
    void aSourceIsDueAtTheFirstTickAndOnceInEachPeriod() {
        DueSources sources = new DueSources(SourcePlan.parse("diag,tcp/10"));
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
        DueSources sources = new DueSources(SourcePlan.parse("diag,tcp/10"));
        long[] slots = {0, 5, 9, 12, 13, 19, 20, 41, 42};
        assertThat(LongStream.of(slots)
                        .filter(slot -> sources.at(slot, name -> 1).contains("tcp"))
                        .toArray())
                .containsExactly(0, 12, 20, 41);
    }
}
