package hotline.tips;

import java.util.random.RandomGenerator;

/** A tip's code: six digits. Its text form is masked, so that a careless log line is still safe. */
public record TipCode(String digits) {

    public static final int LENGTH = 6;

    private static final int CODES = 1_000_000;
    private static final String RUN = "01234567890";

    public TipCode {
        if (!digits.matches("\\d{" + LENGTH + "}")) {
            throw new IllegalArgumentException("a tip code is six digits");
        }
    }

    /** Drawn so that each code that is not weak is as likely as every other. */
    static TipCode fresh(RandomGenerator random) {
        while (true) {
            var code = new TipCode("%06d".formatted(random.nextInt(CODES)));
            if (!code.isWeak()) {
                return code;
            }
        }
    }

    /** One of the first that anybody tries: a repetition, a run, or a date in one of its usual orders. */
    boolean isWeak() {
        var backwards = new StringBuilder(digits).reverse().toString();
        return digits.matches("(\\d{1,3})\\1+")
                || RUN.contains(digits)
                || RUN.contains(backwards)
                || digits.chars().distinct().count() < 3
                || isDate();
    }

    private boolean isDate() {
        return isMonthAndDay(0) || isMonthAndDay(2) || isDayAndMonth(0);
    }

    private boolean isMonthAndDay(int from) {
        return pair(from) >= 1 && pair(from) <= 12 && pair(from + 2) >= 1 && pair(from + 2) <= 31;
    }

    private boolean isDayAndMonth(int from) {
        return pair(from) >= 1 && pair(from) <= 31 && pair(from + 2) >= 1 && pair(from + 2) <= 12;
    }

    private int pair(int from) {
        return Integer.parseInt(digits.substring(from, from + 2));
    }

    @Override
    public String toString() {
        return "******";
    }
}
