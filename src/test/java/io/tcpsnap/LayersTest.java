package io.tcpsnap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages depend in one direction only, and each foreign library is known to one package. */
class LayersTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tcpsnap");

    @ParameterizedTest(name = "{0} may use {1}")
    @CsvSource(
            delimiter = ':',
            value = {
                "kernel : ",
                "archive : ",
                "capture : archive kernel",
                "decode : kernel",
                "table : archive decode kernel",
                "cache : archive",
                "pins : ",
                "plot : ",
                "duckdb : archive cache decode kernel pins table",
                "importer : archive kernel",
                "redact : archive kernel",
                "slice : archive kernel",
                "output : ",
                "sql : ",
                "complete : duckdb sql",
                "shell : archive cache complete duckdb output pins plot sql",
                "docs : duckdb table",
                "cli : archive cache capture decode docs duckdb importer kernel output redact shell slice table",
            })
    void packageUsesOnly(String name, String allowed) {
        String[] packages = ((allowed == null ? "" : allowed) + " " + name)
                .strip()
                .transform(names -> names.replaceAll("(\\w+)", "io.tcpsnap.$1.."))
                .split(" ", -1);
        classes()
                .that()
                .resideInAPackage("io.tcpsnap." + name + "..")
                .should()
                .onlyDependOnClassesThat(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage("io.tcpsnap..")
                                .or(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(packages)))
                .check(PROGRAM);
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "org.duckdb.., duckdb",
        "org.jline.., shell",
        "org.apache.commons.csv.., output",
        "com.sun.jna.., capture",
        "com.github.luben.zstd.., archive",
    })
    void libraryIsKnownToOnePackage(String library, String home) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tcpsnap." + home + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PROGRAM);
    }

    @Test
    void noCycles() {
        slices().matching("io.tcpsnap.(*)..").should().beFreeOfCycles().check(PROGRAM);
    }
}
