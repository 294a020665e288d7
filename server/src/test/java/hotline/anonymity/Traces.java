package hotline.anonymity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * What is looked for, in every writing in which it might have been kept: telephone numbers of ten digits, with and without what people
 * and programs put between them; names in small and large letters; tip codes alone, in groups, and as the sounds that say them. All of
 * it also in UTF-16; numbers also in base64, as a binary number, and two digits a byte as telephone exchanges write them.
 */
final class Traces {

    private static final int NUMBER = 10;
    private static final int CODE = 6;
    private static final int FOLDED = 4;

    /** Nobody writes more than this between two digits. */
    private static final int WIDEST_GAP = 3;

    private final Set<Long> numbers = new HashSet<>();
    private final Set<Integer> codes = new HashSet<>();
    private final Map<Long, String> packed = new HashMap<>();
    private final Map<Integer, List<String>> words = new HashMap<>();
    private final boolean[] begins = new boolean[1 << 16];
    private final boolean[] packedBegins = new boolean[1 << 16];

    Traces number(String digits) {
        numbers.add(Long.parseLong(digits));
        pack("01" + digits, digits);
        pack("00" + digits, digits);
        pack(swapped("1" + digits + "f"), digits);
        List.of("81", "91", "a1").forEach(type -> pack(type + swapped(digits), digits));
        for (var before = 0; before < 3; before++) {
            var shifted = Base64.getEncoder().encodeToString(("x".repeat(before) + digits).getBytes(UTF_8));
            // Of the first and the last sign some bits are its neighbours'.
            word(shifted.substring(before == 0 ? 0 : before + 1, (before + NUMBER) * 4 / 3));
        }
        return this;
    }

    Traces name(String name) {
        return word(name);
    }

    /** Six digits: they are looked for where they stand alone, as other numbers of six digits would be found by chance. */
    Traces code(String digits) {
        codes.add(Integer.parseInt(digits));
        for (var sound : List.of("digit-", "digits/")) {
            for (var between : List.of("&", " ", ",")) {
                word(String.join(
                        between, digits.replaceAll("\\d", sound + "$0 ").strip().split(" ")));
            }
        }
        return this;
    }

    private Traces word(String word) {
        var folded = word.toLowerCase(Locale.ROOT);
        words.computeIfAbsent(start(folded::charAt, 0), _ -> new ArrayList<>()).add(folded);
        begins[folded.charAt(0) << 8 | folded.charAt(1)] = true;
        return this;
    }

    private static int start(IntUnaryOperator letters, int at) {
        var start = 0;
        for (var i = 0; i < FOLDED; i++) {
            start = start << 8 | letters.applyAsInt(at + i);
        }
        return start;
    }

    private static String swapped(String nibbles) {
        return nibbles.replaceAll("(.)(.)", "$2$1");
    }

    private void pack(String nibbles, String digits) {
        var number = Long.parseLong(nibbles, 16);
        packed.put(number, digits);
        packedBegins[(int) (number >>> 32)] = true;
    }

    Set<String> in(String text) {
        return in(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /** What of it stands there, without the writing in which it does. */
    Set<String> in(ByteBuffer bytes) {
        var found = new TreeSet<String>();
        new Reading(bytes, found).all();
        for (var i = 0; i + 1 < bytes.limit(); i++) {
            var text = new ByteArrayOutputStream();
            for (; i + 1 < bytes.limit() && bytes.get(i) >= ' ' && bytes.get(i + 1) == 0; i += 2) {
                text.write(bytes.get(i));
            }
            if (text.size() >= CODE - 1) {
                // The last letter has no zero behind it where the zeros stand before the letters.
                text.write(i < bytes.limit() ? bytes.get(i) : 0);
                new Reading(ByteBuffer.wrap(text.toByteArray()), found).all();
            }
        }
        return found;
    }

    /** One reading of a place from its first byte to its last. */
    private final class Reading {

        private final ByteBuffer bytes;
        private final Set<String> found;
        private long digits;
        private int count;
        private int gap;
        private int token;
        private int tokenDigits;
        private int groupBefore = -1;
        private long last;

        Reading(ByteBuffer bytes, Set<String> found) {
            this.bytes = bytes;
            this.found = found;
        }

        void all() {
            for (var i = 0; i < bytes.limit(); i++) {
                var octet = bytes.get(i);
                if (octet >= '0' && octet <= '9') {
                    digit(octet - '0');
                } else {
                    endToken(i);
                    i += between(octet, i);
                }
                wordAt(i);
                binary(octet);
            }
            endToken(bytes.limit());
        }

        private void digit(int digit) {
            digits = (digits * 10 + digit) % 10_000_000_000L;
            count++;
            gap = 0;
            token = (token * 10 + digit) % 10_000_000;
            tokenDigits++;
            if (count >= NUMBER && numbers.contains(digits)) {
                found.add("%010d".formatted(digits));
            }
        }

        /** How many more bytes belong to what stands between two digits. */
        private int between(byte octet, int at) {
            var isEncoded = octet == '%' && at + 2 < bytes.limit() && bytes.get(at + 1) == '2';
            if (count > 0 && (isEncoded || " -.()+/_\u00a0".indexOf(octet & 0xff) >= 0) && ++gap <= WIDEST_GAP) {
                return isEncoded ? 2 : 0;
            }
            count = 0;
            gap = 0;
            groupBefore = -1;
            return 0;
        }

        private void endToken(int end) {
            if (tokenDigits == CODE && !isPartOfAnother(end - CODE, end)) {
                code(token);
            } else if (tokenDigits == CODE / 2) {
                if (groupBefore >= 0) {
                    code(groupBefore * 1_000 + token);
                }
                groupBefore = token;
            } else if (tokenDigits > 0) {
                groupBefore = -1;
            }
            token = 0;
            tokenDigits = 0;
        }

        /** A fraction of a second, or a piece of a longer number in hexadecimal. */
        private boolean isPartOfAnother(int from, int to) {
            var before = from > 0 ? bytes.get(from - 1) : 0;
            var after = to < bytes.limit() ? bytes.get(to) : 0;
            var isFraction = before == '.' && from > 1 && Character.isDigit(bytes.get(from - 2));
            return isFraction || isHexLetter(before) || isHexLetter(after);
        }

        private static boolean isHexLetter(int octet) {
            return (octet >= 'a' && octet <= 'f') || (octet >= 'A' && octet <= 'F');
        }

        private void code(int code) {
            if (codes.contains(code)) {
                found.add("%06d".formatted(code));
            }
        }

        private void wordAt(int at) {
            if (at + FOLDED > bytes.limit() || !begins[(letter(at) << 8 | letter(at + 1)) & 0xffff]) {
                return;
            }
            for (var word : words.getOrDefault(start(this::letter, at), List.of())) {
                if (at + word.length() <= bytes.limit() && isAt(word, at)) {
                    found.add(word);
                }
            }
        }

        private boolean isAt(String word, int at) {
            for (var i = 0; i < word.length(); i++) {
                if (letter(at + i) != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private int letter(int at) {
            var octet = bytes.get(at) & 0xff;
            return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
        }

        /** The last eight bytes as a number, in both orders; and the last six as digits. */
        private void binary(byte octet) {
            last = last << Byte.SIZE | (octet & 0xff);
            isNumber(last);
            isNumber(Long.reverseBytes(last));
            if (packedBegins[(int) (last >>> 32) & 0xffff] && packed.containsKey(last & 0xffff_ffff_ffffL)) {
                found.add(packed.get(last & 0xffff_ffff_ffffL));
            }
        }

        private void isNumber(long value) {
            if (value >= 2_000_000_000L && value < 20_000_000_000L && numbers.contains(value % 10_000_000_000L)) {
                found.add("%010d".formatted(value % 10_000_000_000L));
            }
        }
    }
}
