package hotline.prompts;

import java.text.Normalizer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Rewrites a sentence so that a voice says it as people do: 911 is "nine one one", 1-800-494-TIPS is "one, eight
 * hundred, four nine four, tips", $1,000 is "one thousand dollars". Rules apply from the first to the last.
 */
final class Spelling {

    private static final Pattern PHONE = Pattern.compile("\\(?\\b(\\d{3})\\)?[- ](\\d{3})-(\\d{4})\\b");
    private static final Pattern DOLLARS = Pattern.compile("\\$([\\d,]*\\d)");
    private static final Pattern CODE = Pattern.compile("(?<![\\d,$])\\d{3,}\\b");

    private static final List<Rule> ENGLISH = List.of(
            new Rule("1-800-494-TIPS", _ -> "one, eight hundred, four nine four, tips"),
            new Rule("\\bTIP\\b", _ -> "tip"),
            new Rule("\\b24/7\\b", _ -> "at all hours"),
            new Rule(DOLLARS, match -> Numerals.cardinal(number(match.group(1))) + " dollars"),
            new Rule("(\\d{1,2}):00\\b", match -> Numerals.cardinal(number(match.group(1)))),
            new Rule(
                    "(\\d{1,2}):(\\d{2})\\b",
                    match -> Numerals.cardinal(number(match.group(1))) + " " + Numerals.minute(number(match.group(2)))),
            new Rule("\\ba\\.m\\.", _ -> "ay em"),
            new Rule("\\bp\\.m\\.", _ -> "pee em"),
            new Rule(
                    PHONE,
                    match -> Numerals.digits(match.group(1)) + ", " + Numerals.digits(match.group(2)) + ", "
                            + Numerals.digits(match.group(3))),
            new Rule(CODE, match -> Numerals.digits(match.group())),
            new Rule("\\d+", match -> Numerals.cardinal(number(match.group()))),
            new Rule("\\*", _ -> "star"),
            new Rule("#", _ -> "pound"));

    /** espeak-ng says numbers well by itself, but a code as one number; and it reads English names as Spanish. */
    private static final List<Rule> SPANISH = List.of(
            new Rule("1-800-494-TIPS", _ -> "1, ochocientos, 4 9 4, tips"),
            new Rule("\\bTIP\\b", _ -> "tip"),
            new Rule("\\b24/7\\b", _ -> "a toda hora"),
            new Rule("Crime Stoppers", _ -> "Craim Estópers"),
            new Rule("North Star", _ -> "Nors Star"),
            new Rule("Safety Net", _ -> "Séifti Net"),
            new Rule(
                    PHONE,
                    match -> apart(match.group(1)) + ", " + apart(match.group(2)) + ", " + apart(match.group(3))),
            new Rule(CODE, match -> apart(match.group())),
            new Rule(DOLLARS, match -> number(match.group(1)) + " dólares"),
            new Rule("\\*", _ -> "asterisco"),
            new Rule("#", _ -> "numeral"));

    private Spelling() {}

    private record Rule(Pattern pattern, Function<MatchResult, String> said) {
        Rule(String pattern, Function<MatchResult, String> said) {
            this(Pattern.compile(pattern), said);
        }
    }

    static String spelled(String words, Language voice) {
        var text = words;
        for (var rule : voice == Language.EN ? ENGLISH : SPANISH) {
            text = rule.pattern().matcher(text).replaceAll(rule.said());
        }
        return voice == Language.EN ? ascii(text) : text;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits.replace(",", ""));
    }

    private static String apart(String digits) {
        return String.join(" ", digits.split(""));
    }

    /** FreeTTS knows ASCII only: quotes and dashes become plain ones, and an accent is dropped rather than its letter. */
    private static String ascii(String text) {
        var plain = text.replace('\u2019', '\'').replace('\u2018', '\'').replaceAll("\\s*[\u2013\u2014]\\s*", ", ");
        return Normalizer.normalize(plain, Normalizer.Form.NFD).replaceAll("[^\\x20-\\x7e]", "");
    }
}
