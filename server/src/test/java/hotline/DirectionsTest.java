package hotline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom: an arrow of docs/architecture.md each. */
final class DirectionsTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("hotline");

    private static final String[] JDK = {"java..", "org.jspecify.."};

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }

    /** Of our own packages, a room uses itself and those named here, and no other. */
    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            prompts                  >
            base                     > base.database base.keys base.audit
            base.log                 >
            base.database            > base
            base.keys                > base base.database
            base.audit               > base base.database
            callback                 > base
            callback.request         > callback base
            callback.ledger          > base base.database base.keys base.audit callback callback.sample
            callback.dispatch        > base callback
            callback.ami             > base callback callback.dispatch callback.staff
            callback.journal         > base base.keys callback
            callback.staff           > base base.database base.audit callback
            callback.staffline       > base base.database callback callback.dispatch
            callback.report          > base base.database callback callback.sample
            callback.sample          > callback callback.staff
            callback.retention       > base base.database base.keys callback callback.ledger
            tips                     > base base.database base.keys base.audit prompts tips.voice
            tips.voice               >
            call                     > prompts
            agi                      > base call prompts
            flow                     > base call callback prompts tips
            desk.access              > base base.database base.keys base.audit
            desk.http                > base base.audit desk.access
            """)
    void a_room_uses_only(String room, String others) {
        var allowed = Stream.concat(Stream.of(room), others == null ? Stream.empty() : Stream.of(others.split(" ")))
                .map(text -> "hotline." + text)
                .toArray(String[]::new);
        check(classes()
                .that()
                .resideInAPackage("hotline." + room)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage("hotline", "hotline.."))
                        .or(resideInAnyPackage(allowed))));
    }

    @Test
    void nobody_but_the_server_knows_the_desk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("hotline", "hotline.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hotline.desk..", "hotline"));
    }

    @Test
    void the_desk_speaks_with_no_caller() {
        check(noClasses()
                .that()
                .resideInAPackage("hotline.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hotline.agi..", "hotline.call..", "hotline.flow..", "hotline"));
    }

    @Test
    void the_life_of_a_call_back_knows_only_the_jdk_and_how_numbers_are_made() {
        check(classes()
                .that()
                .resideInAPackage("hotline.callback")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("hotline.callback", "hotline.base", "com.google.i18n.phonenumbers..")
                                .or(resideInAnyPackage(JDK))));
    }

    @Test
    void what_moves_a_call_back_knows_no_database() {
        check(noClasses()
                .that()
                .resideInAnyPackage("hotline.callback.dispatch..", "hotline.callback.request..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.."));
    }

    @Test
    void flows_and_calls_know_neither_wire_nor_sql() {
        check(classes()
                .that()
                .resideInAnyPackage("hotline.flow..", "hotline.call..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("hotline..").or(resideInAnyPackage(JDK))));
    }

    @Test
    void sql_stands_in_ledgers_and_stores_only() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackages("hotline.base..", "hotline.callback.ledger", "hotline.callback.staffline")
                .and()
                .doNotHaveFullyQualifiedName("hotline.Main")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql.."));
    }

    /** Whoever serves a page goes through what asks for a session or a token, and names who may see it. */
    @Test
    void nothing_is_served_past_pages_and_api() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "hotline.desk", "hotline.desk.http", "hotline.desk.signin", "hotline.desk.softphone")
                .and()
                .doNotHaveFullyQualifiedName("hotline.Main")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.ext.web.Router"));
        check(noClasses()
                .that()
                .haveFullyQualifiedName("hotline.Main")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "adds a route", call -> call.getTargetOwner().isEquivalentTo(Router.class))));
    }

    @Test
    void only_main_asks_the_clock_and_who_makes_ids() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("hotline.Main")
                .and()
                .doNotHaveFullyQualifiedName("hotline.callback.TimeOrderedId")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }
}
