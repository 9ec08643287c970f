package io.tcpsnap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page of a small program, whole. */
class ManPageTest {
    private static CommandSpec fish() {
        CommandSpec fish = CommandSpec.create().name("fish").addSubcommand("cast", cast());
        fish.usageMessage().description("Catch fish.").footer("Exit codes: 0 caught.");
        return fish;
    }

    private static CommandSpec cast() {
        CommandSpec cast = CommandSpec.create()
                .addOption(
                        OptionSpec.builder("-d", "--deep").description("Deep.").build())
                .addOption(OptionSpec.builder("--bait")
                        .paramLabel("C:\\BAIT")
                        .arity("1")
                        .description("'worm' or .fly")
                        .build())
                .addOption(OptionSpec.builder("--secret").hidden(true).build())
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("POND")
                        .arity("1")
                        .description("Where to.")
                        .build());
        cast.usageMessage()
                .description("Cast a line.", "At 100%% of its length.")
                .footer("", ".netrc  is read", "  first");
        return cast;
    }

    @Test
    void wholePage() {
        assertThat(ManPage.of(fish(), "fish 1.0-2")).isEqualTo("""
                        .TH FISH 1 "" "fish 1.0\\-2"
                        .nh
                        .ad l
                        .SH NAME
                        fish \\- Catch fish
                        .SH SYNOPSIS
                        .PP
                        .nf
                        fish [COMMAND]
                        .fi
                        .SH OPTIONS
                        .SH COMMANDS
                        .SS cast
                        Cast a line. At 100% of its length.
                        .PP
                        .nf
                        fish cast [\\-d] [\\-\\-bait=C:\\eBAIT] POND
                        .fi
                        .TP
                        \\fIPOND\\fR
                        Where to.
                        .TP
                        \\fB\\-d\\fR, \\fB\\-\\-deep\\fR
                        Deep.
                        .TP
                        \\fB\\-\\-bait\\fR \\fIC:\\eBAIT\\fR
                        \\&'worm' or .fly
                        .PP
                        .nf

                        \\&.netrc  is read
                          first
                        .fi
                        .SH NOTES
                        .PP
                        .nf
                        Exit codes: 0 caught.
                        .fi
                        .SH SEE ALSO
                        .BR ss (8),
                        .BR tcp (7),
                        .BR sock_diag (7)
                        """);
    }
}
