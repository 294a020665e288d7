package hotline.prompts;

import java.util.List;

/** Numbers as English words. */
final class Numerals {

    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

    private Numerals() {}

    /** A number from 0 to 999,999. */
    static String cardinal(int number) {
        if (number < SMALL.size()) {
            return SMALL.get(number);
        } else if (number < 100) {
            return TENS.get(number / 10) + rest("-", number % 10);
        } else if (number < 1_000) {
            return SMALL.get(number / 100) + " hundred" + rest(" ", number % 100);
        }
        return cardinal(number / 1_000) + " thousand" + rest(" ", number % 1_000);
    }

    /** Each digit by itself, as people say a code or a phone number. */
    static String digits(String digits) {
        return String.join(
                " ", digits.chars().mapToObj(one -> SMALL.get(one - '0')).toList());
    }

    /** Minutes after the hour: "oh five", "forty-two". */
    static String minute(int minute) {
        return (minute < 10 ? "oh " : "") + cardinal(minute);
    }

    private static String rest(String between, int number) {
        return number == 0 ? "" : between + cardinal(number);
    }
}
