package hotline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
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
import org.junit.jupiter.api.Test;

/** Who may use whom. */
final class DirectionsTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("hotline");

    private static final String[] JDK = {"java..", "org.jspecify.."};

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }

    @Test
    void prompts_know_nobody() {
        check(noClasses()
                .that()
                .resideInAPackage("hotline.prompts..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("hotline..").and(not(resideInAnyPackage("hotline.prompts..")))));
    }

    @Test
    void the_scheduler_does_not_know_the_ivr() {
        check(noClasses()
                .that()
                .resideInAPackage("hotline.callback..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hotline",
                        "hotline.agi..",
                        "hotline.call",
                        "hotline.flow..",
                        "hotline.tips..",
                        "hotline.prompts.."));
    }

    @Test
    void the_life_of_a_call_back_knows_only_the_jdk_and_how_numbers_are_made() {
        check(classes()
                .that()
                .resideInAPackage("hotline.callback")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("hotline.callback", "com.google.i18n.phonenumbers..")
                        .or(resideInAnyPackage(JDK))));
    }

    @Test
    void the_keeper_knows_no_database() {
        check(noClasses()
                .that()
                .resideInAPackage("hotline.callback.keep..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hotline.callback.store..", "io.vertx.."));
    }

    @Test
    void flows_know_calls_prompts_and_desks_only() {
        check(classes()
                .that()
                .resideInAPackage("hotline.flow..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "hotline.flow..",
                                "hotline.call..",
                                "hotline.prompts..",
                                "hotline.tips..",
                                "hotline.callback")
                        .or(resideInAnyPackage(JDK))));
    }

    @Test
    void a_call_knows_neither_wire_nor_sql() {
        check(classes()
                .that()
                .resideInAPackage("hotline.call..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("hotline.call..", "hotline.prompts..")
                        .or(resideInAnyPackage(JDK))));
    }

    @Test
    void the_wire_knows_no_flow() {
        check(noClasses()
                .that()
                .resideInAPackage("hotline.agi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hotline.flow..", "hotline.tips..", "hotline.callback..", "hotline"));
    }

    @Test
    void what_the_operator_sees_knows_no_flow_and_no_wire() {
        check(noClasses()
                .that()
                .resideInAPackage("hotline.operation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hotline.flow..", "hotline.agi..", "hotline.tips..", "hotline"));
    }

    @Test
    void sql_stands_in_stores_only() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackage("hotline.callback.store..")
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
                .resideOutsideOfPackage("hotline.callback.console..")
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
