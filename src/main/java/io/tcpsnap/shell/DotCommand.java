package io.tcpsnap.shell;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * A dot command, declared once: help, completion and the parser derive from it.
 *
 * @param name with its dot
 * @param arguments as help shows them, empty for none
 * @param completes what its argument is
 * @param words the words that its argument may be, for {@link Completes#WORD} and others that have some
 */
record DotCommand(String name, String arguments, String help, Completes completes, List<String> words, Action action) {
    enum Completes {
        NOTHING,
        TABLE,
        FILE,
        QUERY,
        COLUMN,
        COMMAND,
        CONNECTION,
        WORD
    }

    /** What it does with the text behind its name; false where the shell is to end. */
    @FunctionalInterface
    interface Action {
        boolean run(String argument) throws SQLException, IOException;
    }

    /** Something that returns nothing. */
    @FunctionalInterface
    interface Step {
        void run(String argument) throws SQLException, IOException;
    }

    static DotCommand of(String name, String arguments, String help, Completes completes, Step step) {
        return new DotCommand(name, arguments, help, completes, List.of(), argument -> {
            step.run(argument);
            return true;
        });
    }

    static DotCommand choice(String name, String help, List<String> words, Step step) {
        return new DotCommand(name, String.join("|", words), help, Completes.WORD, words, argument -> {
            step.run(argument);
            return true;
        });
    }
}
