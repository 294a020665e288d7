package hotline;

import hotline.base.database.DatabaseHosts;
import hotline.callback.Ladder;
import hotline.callback.PhoneNumber;
import hotline.callback.RingPlan;
import hotline.desk.access.ProviderSettings;
import hotline.flow.Referrals.Referral;
import hotline.prompts.Prompt;
import hotline.tips.Aging;
import hotline.tips.GuessBudget;
import hotline.tips.TipStatus;
import hotline.tips.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The configuration, read once at the start from the environment (the front door puts the configuration file's values
 * there). Nonsense is refused with a line that names the key.
 *
 * @param demo whether sample tips and staff, and the browser phone, are wanted
 * @param samples whether a rehearsal's pages show made-up call-backs, changes and shifts
 * @param myPhone whether staff may be called in a browser
 * @param apiToken what the API's users show; at least 16 characters
 * @param drain how long callers in menus have, when the server is told to end
 * @param provider who vouches for people beside, or in place of, accounts of our own
 */
public record Config(
        boolean demo,
        boolean samples,
        boolean myPhone,
        Path home,
        Path recordings,
        Path phone,
        HostAndPort sip,
        HostAndPort agi,
        HostAndPort ami,
        HostAndPort ws,
        HostAndPort http,
        Optional<DatabaseHosts> database,
        String apiToken,
        Duration promise,
        Ladder ladder,
        Duration languageFirst,
        ZoneId zone,
        List<Referral> referrals,
        Vocabulary tipStatuses,
        GuessBudget tipBudget,
        Map<TipStatus, Integer> tipDays,
        int spokenTipDays,
        int retentionDays,
        int historyDays,
        Optional<ProviderSettings> provider,
        boolean localAccounts,
        Duration drain) {

    static final String LADDER =
            "PT0S first, PT3M next, PT6M all, PT12M supervisor, PT20M at_risk every PT2M," + " PT25M manager";

    /** The places that the department's programs name, with their published numbers. */
    static final String REFERRALS = "domestic_violence 617-343-4350, sexual_assault 617-343-4400,"
            + " crimes_against_children 617-343-6183, human_trafficking 617-343-6533,"
            + " family_justice_center 617-779-2100, north_star 617-343-6503, safety_net 877-434-6384";

    /** Of the time zone database: an area of the world, and a place in it. */
    private static final Pattern REGION =
            Pattern.compile("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+");

    private static final int SHORTEST_TOKEN = 16;
    private static final int MOST_DAYS = 3_650;

    /** An address to listen on or to reach. */
    public record HostAndPort(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** A value that cannot be: the message names the key and says what to write. */
    public static final class Refused extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Refused(String key, String value, String advice) {
            super(key + "=" + value + ": " + advice);
        }
    }

    /** @throws Refused naming the first key whose value cannot be */
    public static Config read(Map<String, String> environment) {
        var values = new Values(environment);
        var home = Path.of(values.text("HOTLINE_HOME", "var")).toAbsolutePath().normalize();
        return new Config(
                values.text("HOTLINE_DEMO", "").equals("1"),
                values.parse("HOTLINE_SAMPLES", "yes", Config::yes, "write yes or no")
                        && values.text("HOTLINE_DEMO", "").equals("1"),
                values.parse("HOTLINE_MY_PHONE", "no", Config::yes, "write yes or no")
                        || values.text("HOTLINE_DEMO", "").equals("1"),
                home,
                Path.of(values.text(
                        "HOTLINE_RECORDINGS", home.resolve("recordings").toString())),
                Path.of(values.text("HOTLINE_PHONE", home.resolve("phone").toString())),
                values.address("HOTLINE_SIP", "127.0.0.1:5060"),
                values.address("HOTLINE_AGI", "127.0.0.1:4573"),
                values.address("HOTLINE_AMI", "127.0.0.1:5038"),
                values.address("HOTLINE_WS", "127.0.0.1:8088"),
                values.address("HOTLINE_HTTP", "127.0.0.1:8080"),
                database(values.text("HOTLINE_DATABASE", "")),
                token(values.text("HOTLINE_API_TOKEN", "")),
                promise(values),
                values.parse("HOTLINE_LADDER", LADDER, Config::ladder, "see the advice above"),
                values.parse("HOTLINE_LANGUAGE_FIRST", "PT1M", Config::languageFirst, "write a time such as PT1M"),
                values.parse("HOTLINE_ZONE", "America/New_York", Config::region, ""),
                values.parse("HOTLINE_REFERRALS", REFERRALS, Config::referrals, "see the advice above"),
                values.parse("HOTLINE_TIP_STATUSES", "", Vocabulary::parse, "see the advice above"),
                values.parse("HOTLINE_TIP_BUDGET", GuessBudget.STANDARD, GuessBudget::parse, "see the advice above"),
                values.parse("HOTLINE_TIP_RETIRE", Aging.STANDARD, Aging::parse, "see the advice above"),
                values.parse("HOTLINE_SPOKEN_TIPS", "P90D", Config::days, "write days such as P90D"),
                values.parse("HOTLINE_RETENTION", "P30D", Config::days, "write days such as P30D"),
                historyDays(values),
                provider(values),
                localAccounts(values),
                values.parse("HOTLINE_DRAIN", "PT10M", Config::drain, "write a time such as PT10M"));
    }

    private static boolean yes(String text) {
        if (!text.equals("yes") && !text.equals("no")) {
            throw new IllegalArgumentException("write yes or no");
        }
        return text.equals("yes");
    }

    private static Optional<DatabaseHosts> database(String uri) {
        try {
            return uri.isEmpty() ? Optional.empty() : Optional.of(DatabaseHosts.parse(uri));
        } catch (IllegalArgumentException e) {
            throw new Refused("HOTLINE_DATABASE", "…", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ProviderSettings> provider(Values values) {
        return values.parse(
                "HOTLINE_OIDC",
                "",
                text -> text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ProviderSettings.parse(
                                text,
                                values.text("HOTLINE_OIDC_CLIENT", ""),
                                values.text("HOTLINE_OIDC_SECRET", ""),
                                values.text("HOTLINE_OIDC_ROLES", ""))),
                "");
    }

    private static boolean localAccounts(Values values) {
        var word = values.text("HOTLINE_LOCAL_ACCOUNTS", "yes");
        if (!word.equals("yes")
                && (!word.equals("no") || values.text("HOTLINE_OIDC", "").isEmpty())) {
            throw new Refused("HOTLINE_LOCAL_ACCOUNTS", word, "write yes, or no where HOTLINE_OIDC is set");
        }
        return word.equals("yes");
    }

    private static String token(String token) {
        if (token.length() < SHORTEST_TOKEN) {
            throw new Refused(
                    "HOTLINE_API_TOKEN",
                    token.isEmpty() ? "" : "…",
                    "set a secret of at least " + SHORTEST_TOKEN + " characters, such as the output of"
                            + " 'openssl rand -hex 24'");
        }
        return token;
    }

    private static Duration promise(Values values) {
        var promise = values.parse("HOTLINE_PROMISE", "PT30M", Duration::parse, "write a time such as PT30M");
        if (promise.compareTo(Duration.ofSeconds(5)) < 0 || promise.compareTo(Duration.ofHours(24)) > 0) {
            throw new Refused("HOTLINE_PROMISE", promise.toString(), "promise between PT5S and PT24H");
        }
        return promise;
    }

    private static Duration languageFirst(String text) {
        return RingPlan.allowed(Duration.parse(text));
    }

    /**
     * The database reads {@code UTC-5} as five hours east of UTC, Java as five hours west; and no offset or short name says when
     * clocks are set.
     */
    private static ZoneId region(String text) {
        if (!REGION.matcher(text).matches() || !ZoneId.getAvailableZoneIds().contains(text)) {
            throw new IllegalArgumentException(
                    "write the name of a region, such as America/New_York, America/Chicago or"
                            + " America/Puerto_Rico: with an offset or a short name clocks would not be set in spring and fall");
        }
        return ZoneId.of(text);
    }

    private static Duration drain(String text) {
        var drain = Duration.parse(text);
        if (drain.isNegative() || drain.compareTo(Duration.ofHours(2)) > 0) {
            throw new IllegalArgumentException("write a time from PT0S to PT2H");
        }
        return drain;
    }

    /** By which this node rings, unless something else was set at the desk. */
    RingPlan ringPlan() {
        return new RingPlan(ladder, languageFirst);
    }

    /** The ladder itself, or the name of a file that has a step a line. */
    private static Ladder ladder(String text) {
        if (!text.contains("/")) {
            return Ladder.parse(text);
        }
        try {
            return Ladder.parse(Files.readAllLines(Path.of(text)));
        } catch (IOException e) {
            throw new IllegalArgumentException("no such file can be read: write the ladder itself, or name a file", e);
        }
    }

    private static int days(String text) {
        var days = Duration.parse(text).toDays();
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("write days, from P1D to P" + MOST_DAYS + "D");
        }
        return (int) days;
    }

    /** What is deleted was erased before. */
    private static int historyDays(Values values) {
        var history = values.parse("HOTLINE_HISTORY", "P400D", Config::days, "write days such as P400D");
        var retention = values.text("HOTLINE_RETENTION", "P30D");
        if (history < days(retention)) {
            throw new Refused(
                    "HOTLINE_HISTORY",
                    values.text("HOTLINE_HISTORY", "P400D"),
                    "keep call-backs at least as long as their numbers, HOTLINE_RETENTION=" + retention);
        }
        return history;
    }

    private static List<Referral> referrals(String text) {
        var referrals = new ArrayList<Referral>();
        for (var item : text.strip().split("\\s*,\\s*")) {
            var words = item.split("\\s+");
            var number = words.length == 2 ? words[1].replaceAll("[-.() ]", "") : "";
            if (!PhoneNumber.isTollFree(number) && PhoneNumber.of(number).isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + item + "' is not a place and its ten-digit number in the United"
                                + " States, such as 'north_star 617-343-6503'");
            }
            referrals.add(new Referral(place(words[0]), number));
        }
        return List.copyOf(referrals);
    }

    private static Prompt place(String name) {
        try {
            return Prompt.valueOf("REFERRAL_" + name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no prompt says the place '" + name + "': add REFERRAL_" + name.toUpperCase(Locale.ROOT)
                            + " to the prompts first",
                    e);
        }
    }

    private record Values(Map<String, String> environment) {

        String text(String key, String otherwise) {
            var value = environment.getOrDefault(key, "").strip();
            return value.isEmpty() ? otherwise : value;
        }

        <T> T parse(String key, String otherwise, Function<String, T> parser, String advice) {
            var value = text(key, otherwise);
            try {
                return parser.apply(value);
            } catch (IllegalArgumentException e) {
                throw new Refused(key, value, String.valueOf(e.getMessage()));
            } catch (DateTimeException e) {
                throw new Refused(key, value, advice);
            }
        }

        HostAndPort address(String key, String otherwise) {
            return parse(key, otherwise, Values::address, "");
        }

        private static HostAndPort address(String text) {
            var colon = text.lastIndexOf(':');
            var port = colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")
                    ? Integer.parseInt(text.substring(colon + 1))
                    : 0;
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("write host:port, such as 127.0.0.1:8080");
            }
            return new HostAndPort(text.substring(0, colon), port);
        }
    }
}
