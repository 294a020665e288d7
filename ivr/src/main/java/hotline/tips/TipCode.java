package hotline.tips;

/** A tip's code: six digits. Its text form is masked, so that a careless log line is still safe. */
public record TipCode(String digits) {

    public static final int LENGTH = 6;

    public TipCode {
        if (!digits.matches("\\d{" + LENGTH + "}")) {
            throw new IllegalArgumentException("a tip code is six digits");
        }
    }

    @Override
    public String toString() {
        return "******";
    }
}
