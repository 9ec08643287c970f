package io.tcpsnap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of options that are read from other processes' sockets. */
class SockOptionTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "1, 4, SO_ERROR",
        "1, 31, SO_PEERSEC",
        "6, 14, TCP_MD5SIG",
        "6, 28, TCP_SAVED_SYN",
        "6, 32, TCP_MD5SIG_EXT",
        "6, 33, TCP_FASTOPEN_KEY",
        "6, 35, TCP_ZEROCOPY_RECEIVE",
        "6, 38, TCP_AO_ADD_KEY",
        "6, 39, TCP_AO_DEL_KEY",
        "6, 40, TCP_AO_INFO",
        "6, 41, TCP_AO_GET_KEYS",
        "6, 42, TCP_AO_REPAIR"
    })
    void whatHasAnEffectOrIsSecretIsNotInIt(int level, int number, String name) {
        assertThat(SockOption.ALL)
                .as(name)
                .noneMatch(option -> option.level() == level && option.number() == number)
                .noneMatch(option -> option.name().equalsIgnoreCase(name));
    }

    @Test
    void eachIsThereOnceAndNamedAfterItsLevel() {
        assertThat(SockOption.ALL)
                .extracting(option -> option.level() + "/" + option.number())
                .doesNotHaveDuplicates();
        Map<Integer, String> prefixes = Map.of(SockOption.SOL_SOCKET, "so_", SockOption.IPPROTO_TCP, "tcp_");
        assertThat(SockOption.ALL).allMatch(option -> option.name().startsWith(prefixes.get(option.level())));
    }
}
