package hotline.desk.tips;

import hotline.tips.TipCode;
import java.util.List;
import java.util.Optional;

/** A code that was just given out, and how it is read out. */
public record FreshCode(TipCode code, Optional<String> reference) {

    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    /** The digits of its first or second half. */
    public String half(int half) {
        return code.digits().substring(3 * half, 3 * half + 3);
    }

    /** {@code zero, four, two}. */
    public String aloud(int half) {
        return String.join(
                ", ",
                half(half)
                        .chars()
                        .mapToObj(one -> DIGITS.get(Character.digit(one, 10)))
                        .toList());
    }
}
