package hotline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import hotline.base.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The area codes where a call costs what a call within the United States costs: those of the states and of the
 * territories. Most are known to the library of numbers; what it does not know yet stands in {@code area-codes.csv}, or was
 * added at the desk.
 *
 * <p>One set for the whole process: the numbering plan is the same for whoever asks.
 */
public final class AreaCodes {

    private static final PhoneNumberUtil PLAN = PhoneNumberUtil.getInstance();

    /** The states, Puerto Rico, the Virgin Islands, Guam, the Northern Mariana Islands, and American Samoa. */
    private static final Set<String> OURS = Set.of("US", "PR", "VI", "GU", "MP", "AS");

    private static final Set<PhoneNumberType> COSTLY = Set.of(
            PhoneNumberType.TOLL_FREE,
            PhoneNumberType.PREMIUM_RATE,
            PhoneNumberType.SHARED_COST,
            PhoneNumberType.PERSONAL_NUMBER,
            PhoneNumberType.PAGER,
            PhoneNumberType.UAN);

    private static final Map<String, Standing> KNOWN = new ConcurrentHashMap<>();
    private static final List<Addition> SHIPPED = read();
    private static volatile Set<String> atDesk = Set.of();

    private AreaCodes() {}

    /**
     * A code that the library does not know yet.
     *
     * @param added when it was put into the list
     */
    public record Addition(String code, String where, LocalDate added) {}

    private enum Standing {
        OURS,
        ELSEWHERE,
        UNKNOWN
    }

    /** The list that this version has of its own. */
    public static List<Addition> shipped() {
        return SHIPPED;
    }

    /** What was added at the desk. */
    public static Set<String> atDesk() {
        return atDesk;
    }

    /** From now on these, and no others, are what was added at the desk. */
    public static void setAtDesk(Set<String> codes) {
        atDesk = Set.copyOf(codes);
    }

    /** Whether numbers with this code may be called. */
    public static boolean isOurs(String code) {
        return switch (standing(code)) {
            case OURS -> true;
            case ELSEWHERE -> false;
            case UNKNOWN -> isShipped(code) || atDesk.contains(code);
        };
    }

    /** Whether this code is known to be abroad, or of a service that costs more than a call. */
    static boolean isElsewhere(String code) {
        return standing(code) == Standing.ELSEWHERE;
    }

    /** What may be called without anybody having added it at the desk, in order. */
    public static Stream<String> withoutDesk() {
        return IntStream.range(200, 1000)
                .mapToObj(Integer::toString)
                .filter(code -> standing(code) == Standing.OURS || isShipped(code));
    }

    /** Why this code is not to be added at the desk; empty where it may be. */
    public static Optional<String> objection(String code) {
        if (!code.matches("[2-9][0-8]\\d")) {
            return Optional.of("Write the three digits of an area code, such as 436. None has a 9 in the middle.");
        } else if (code.charAt(1) == code.charAt(2) || code.matches("456|700|710|88\\d")) {
            return Optional.of(code + " is kept for services such as toll-free or personal numbers: no place has it.");
        }
        return switch (standing(code)) {
            case OURS -> Optional.of(code + " is known: such numbers are called already.");
            case ELSEWHERE -> Optional.of(code + " is outside the United States, or costs more than a call within it.");
            case UNKNOWN ->
                Optional.of(code + " is known: such numbers are called already.")
                        .filter(_ -> isShipped(code));
        };
    }

    private static boolean isShipped(String code) {
        return SHIPPED.stream().anyMatch(addition -> addition.code().equals(code));
    }

    private static Standing standing(String code) {
        return KNOWN.computeIfAbsent(code, AreaCodes::look);
    }

    /** The library knows some codes only with some exchanges; an exchange that is new is no reason to call nobody. */
    private static Standing look(String code) {
        return IntStream.rangeClosed(2, 9)
                .mapToObj(first -> look(code, first + "345678"))
                .filter(standing -> standing != Standing.UNKNOWN)
                .findFirst()
                .orElse(Standing.UNKNOWN);
    }

    private static Standing look(String code, String rest) {
        try {
            var number = PLAN.parse(code + rest, "US");
            var region = PLAN.getRegionCodeForNumber(number);
            if (region == null) {
                return Standing.UNKNOWN;
            }
            var ours = OURS.contains(region) && !COSTLY.contains(PLAN.getNumberType(number));
            return ours ? Standing.OURS : Standing.ELSEWHERE;
        } catch (NumberParseException e) {
            return Standing.UNKNOWN;
        }
    }

    private static List<Addition> read() {
        try (var file = requireNonNull(AreaCodes.class.getResourceAsStream("area-codes.csv"))) {
            var lines = new String(file.readAllBytes(), UTF_8).lines().filter(line -> line.matches("\\d.*"));
            return Csv.read(lines.collect(Collectors.joining("\n"))).stream()
                    .map(row -> new Addition(row.cell(0), row.cell(1), LocalDate.parse(row.cell(2))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
