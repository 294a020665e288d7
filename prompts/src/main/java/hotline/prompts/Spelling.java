package hotline.prompts;

import java.text.Normalizer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Rewrites a sentence so that a voice says it as people do: 911 is "nine one one", 1-800-494-TIPS is "one, eight
 * hundred, four nine four, tips", $1,000 is "one thousand dollars".
 */
final class Spelling {

    private static final List<Rule> ENGLISH = List.of(
            rule("1-800-494-TIPS", _ -> "one, eight hundred, four nine four, tips"),
            rule("\\bTIP\\b", _ -> "tip"),
            rule(
                    "\\$([0-9,]+)",
                    it -> Numerals.cardinal(Integer.parseInt(it.group(1).replace(",", ""))) + " dollars"),
            rule(
                    "\\(?(\\d{3})\\)?[- ](\\d{3})-(\\d{4})",
                    it -> Numerals.digits(it.group(1)) + ", " + Numerals.digits(it.group(2)) + ", "
                            + Numerals.digits(it.group(3))),
            rule("\\d{3,}", it -> Numerals.digits(it.group())),
            rule("\\d+", it -> Numerals.cardinal(Integer.parseInt(it.group()))));

    private static final List<Rule> SPANISH = List.of(
            rule("Crime Stoppers", _ -> "Craim Estópers"),
            rule("\\bTIP\\b", _ -> "tip"),
            rule("\\$([0-9,]+)", it -> it.group(1).replace(",", "") + " dólares"),
            rule(
                    "\\d{5,}|\\b[1-9](?=\\d{2}\\b)\\d{2}\\b",
                    it -> String.join(", ", it.group().split(""))),
            rule("\\bSafety Net\\b", _ -> "Séifti Net"));

    private Spelling() {}

    private record Rule(Pattern pattern, Function<MatchResult, String> said) {}

    private static Rule rule(String pattern, Function<MatchResult, String> said) {
        return new Rule(Pattern.compile(pattern), said);
    }

    static String spelled(String words, Language voice) {
        var text = words.replace('’', '\'').replace('–', '-');
        for (var rule : voice == Language.EN ? ENGLISH : SPANISH) {
            text = rule.pattern().matcher(text).replaceAll(rule.said());
        }
        return voice == Language.EN ? ascii(text) : text;
    }

    /** FreeTTS knows ASCII only: an accent is dropped rather than the letter. */
    private static String ascii(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("[^\\x20-\\x7e]", "");
    }
}
