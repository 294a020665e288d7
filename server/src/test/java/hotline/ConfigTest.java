package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.Config.Refused;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever mistypes a setting reads its name and what to write instead. */
final class ConfigTest {

    private static final String TOKEN = "a-token-for-tests-0123456789";

    private static Config with(String key, String value) {
        var environment = new HashMap<>(Map.of("HOTLINE_API_TOKEN", TOKEN));
        environment.put(key, value);
        return Config.read(environment);
    }

    @Test
    void the_defaults_are_the_promise_of_half_an_hour_on_this_machine_alone() {
        var config = Config.read(Map.of("HOTLINE_API_TOKEN", TOKEN));
        assertEquals(Duration.ofMinutes(30), config.promise());
        assertEquals(ZoneId.of("America/New_York"), config.zone());
        assertEquals(6, config.ladder().steps().size());
        assertEquals(7, config.referrals().size());
        assertFalse(config.demo());
        assertTrue(config.database().isEmpty());
        for (var address :
                new Config.HostAndPort[] {config.sip(), config.agi(), config.ami(), config.ws(), config.http()}) {
            assertEquals("127.0.0.1", address.host(), address::toString);
        }
    }

    @Test
    void blanks_around_a_value_and_an_empty_value_do_not_matter() {
        assertEquals(Duration.ofMinutes(5), with("HOTLINE_PROMISE", " PT5M ").promise());
        assertEquals(Duration.ofMinutes(30), with("HOTLINE_PROMISE", "  ").promise());
    }

    @Test
    void a_place_is_named_by_its_prompt_and_its_number() {
        var referral = with("HOTLINE_REFERRALS", "north_star (617)343.6503")
                .referrals()
                .getFirst();
        assertEquals(Prompt.REFERRAL_NORTH_STAR, referral.name());
        assertEquals("6173436503", referral.number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOTLINE_SIP       | here                    | host:port",
                "HOTLINE_SIP       | 127.0.0.1:0             | host:port",
                "HOTLINE_AGI       | 127.0.0.1:65536         | host:port",
                "HOTLINE_AMI       | :5038                   | host:port",
                "HOTLINE_WS        | 127.0.0.1:99999999999   | host:port",
                "HOTLINE_HTTP      | 127.0.0.1:http          | host:port",
                "HOTLINE_PROMISE   | 30                      | such as PT30M",
                "HOTLINE_PROMISE   | PT4S                    | between PT5S and PT24H",
                "HOTLINE_PROMISE   | PT25H                   | between PT5S and PT24H",
                "HOTLINE_PROMISE   | -PT30M                  | between PT5S and PT24H",
                "HOTLINE_LADDER    | PT0S first, PT3M nobody | PT3M nobody",
                "HOTLINE_LADDER    | PT3M supervisor         | no step calls a responder",
                "HOTLINE_LANGUAGE_FIRST | PT11M              | PT10M",
                "HOTLINE_LANGUAGE_FIRST | soon               | such as PT1M",
                "HOTLINE_DATABASE  | db.example              | write postgresql://",
                "HOTLINE_ZONE      | Boston                  | America/New_York",
                "HOTLINE_REFERRALS | north_star 911          | north_star 911",
                "HOTLINE_REFERRALS | north_star 900-234-5678  | north_star 900-234-5678",
                "HOTLINE_REFERRALS | north_star 416-234-5678  | United States",
                "HOTLINE_REFERRALS | north_star 617-976-5678  | United States",
                "HOTLINE_REFERRALS | north_star 617-431-0125  | United States",
                "HOTLINE_REFERRALS | moon 617-343-6503       | REFERRAL_MOON",
                "HOTLINE_RETENTION | a month                 | such as P30D",
                "HOTLINE_RETENTION | P3651D                  | P3650D",
                "HOTLINE_HISTORY   | a year                  | such as P400D",
                "HOTLINE_HISTORY   | P0D                     | from P1D",
                "HOTLINE_HISTORY   | P29D                    | HOTLINE_RETENTION=P30D",
                "HOTLINE_API_TOKEN | short                   | openssl rand",
            })
    void nonsense_is_refused_by_its_key_and_with_advice(String key, String value, String advice) {
        var refused = refusal(() -> with(key, value));
        assertTrue(refused.startsWith(key + "="), refused);
        assertTrue(refused.contains(advice), refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC-5",
                "UTC+5",
                "UTC",
                "GMT",
                "GMT-5",
                "UT-5",
                "Z",
                "-5",
                "-05:00",
                "+05:30",
                "EST",
                "EDT",
                "EST5EDT",
                "PST",
                "Etc/GMT+5",
                "Etc/UTC",
                "Etc/Greenwich",
                "SystemV/EST5EDT",
                "US/Eastern",
                "Zulu",
                "Cuba",
                "america/new_york",
                "America/Boston",
                "America/New York",
                "America/",
                "Boston",
                "New_York"
            })
    void a_zone_that_is_no_region_is_refused_with_what_to_write(String zone) {
        var refused = refusal(() -> with("HOTLINE_ZONE", zone));
        assertTrue(
                refused.startsWith("HOTLINE_ZONE=" + zone + ": write the name of a region, such as America/New_York"),
                refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/New_York",
                "America/Chicago",
                "America/Indiana/Knox",
                "America/Puerto_Rico",
                "Pacific/Guam"
            })
    void a_region_is_taken(String zone) {
        assertEquals(ZoneId.of(zone), with("HOTLINE_ZONE", zone).zone());
    }

    @Test
    void a_longer_retention_asks_for_a_longer_history() {
        var refused = refusal(() -> with("HOTLINE_RETENTION", "P401D"));
        assertTrue(refused.startsWith("HOTLINE_HISTORY=P400D: "), refused);
        assertTrue(refused.contains("HOTLINE_RETENTION=P401D"), refused);
        assertEquals(400, with("HOTLINE_RETENTION", "P400D").historyDays());
    }

    @Test
    void a_token_is_asked_for_and_never_repeated() {
        assertTrue(refusal(() -> Config.read(Map.of())).contains("openssl rand"));
        assertFalse(refusal(() -> with("HOTLINE_API_TOKEN", "hunter2")).contains("hunter2"));
    }

    @Test
    void a_database_that_is_refused_keeps_its_password_to_itself() {
        var refused = refusal(() -> with("HOTLINE_DATABASE", "postgresql://ivr:hunter2@one,,two/hotline"));
        assertTrue(refused.contains("host1:5432,host2:5432"), refused);
        assertFalse(refused.contains("hunter2"), refused);
    }

    private static String refusal(Executable reading) {
        return String.valueOf(assertThrows(Refused.class, reading).getMessage());
    }
}
