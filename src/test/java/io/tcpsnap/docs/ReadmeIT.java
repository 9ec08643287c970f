package io.tcpsnap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Golden;
import io.tcpsnap.cli.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the built program prints. */
class ReadmeIT {
    private static final Path README = Path.of("README.md");
    private static final String RETRANSMITTING = "tcpsnap query samples/loss.tar.zst -n retransmitting";
    private static final String DATABASE = """
            tcpsnap query samples/loss.tar.zst -c "
              SELECT min(ts) AS since, timer, retrnsmt, max(tm_when) AS tm_when, max(rto_ms) AS rto_ms,
                     max(tx_queue) AS tx_queue, cwnd, ssthresh
              FROM tcp WHERE remote_port = 5432 AND family = 4
              GROUP BY timer, retrnsmt, cwnd, ssthresh ORDER BY since\"""";
    /** A word of a command line, in double quotes or not. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void transcripts() throws Exception {
        transcript("retransmitting", RETRANSMITTING);
        transcript("database", DATABASE);
    }

    private static void transcript(String region, String command) throws Exception {
        Program.Result result = Program.run(words(command));
        assertThat(result.err()).isEmpty();
        Golden.checkRegion(README, "transcript " + region, "```console\n$ " + command + '\n' + result.out() + "```\n");
    }

    /** The arguments behind the program's name. */
    private static Object[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.subList(1, words.size()).toArray();
    }
}
