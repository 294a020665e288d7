package hotline.flow;

import static hotline.prompts.Prompt.CONFIRM_SPOKEN_TIP;
import static hotline.prompts.Prompt.ONCE_MORE;
import static hotline.prompts.Prompt.SPEAK_NOW;
import static hotline.prompts.Prompt.SPOKEN_TIP_CODE;
import static hotline.prompts.Prompt.SPOKEN_TIP_DELETED;
import static hotline.prompts.Prompt.SPOKEN_TIP_KEEP_CODE;
import static hotline.prompts.Prompt.SPOKEN_TIP_NOT_HEARD;
import static hotline.prompts.Prompt.SPOKEN_TIP_NOT_NOW;
import static hotline.prompts.Prompt.SPOKEN_TIP_VOICE;
import static hotline.prompts.Prompt.TIPS_GOODBYE;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Questions;
import hotline.prompts.Phrase;
import hotline.tips.SpokenTips;
import hotline.tips.SpokenTips.Message;
import hotline.tips.TipCode;
import java.time.Duration;

/**
 * A tip is left by voice: the voice is disguised unless the caller wants it otherwise, and at the end stands a code. Whoever is cut
 * off while speaking has left what they said so far; only their own word deletes it.
 */
final class SpokenTip {

    private static final int TRIES = 3;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final SpokenTips tips;

    SpokenTip(SpokenTips tips) {
        this.tips = tips;
    }

    /** False when the caller wants an officer after all. */
    boolean leave(Call call) {
        try {
            var voice =
                    Questions.choose(call, Phrase.of(SPOKEN_TIP_VOICE), "120").orElse('1');
            return voice != '0' && spoken(call, voice == '1');
        } catch (DatabaseUnavailable e) {
            call.announce(Phrase.of(SPOKEN_TIP_NOT_NOW));
            return false;
        }
    }

    private boolean spoken(Call call, boolean disguised) {
        for (var tries = 0; tries < TRIES; tries++) {
            var message = tips.begin(call.language().folder(), disguised);
            call.announce(Phrase.of(SPEAK_NOW));
            if (!heard(call, message)) {
                message.delete();
                call.announce(Phrase.of(SPOKEN_TIP_NOT_HEARD));
                continue;
            }
            switch (Questions.choose(call, Phrase.of(CONFIRM_SPOKEN_TIP), "1230")
                    .orElse('1')) {
                case '2' -> message.delete();
                case '3' -> {
                    message.delete();
                    call.announce(Phrase.of(SPOKEN_TIP_DELETED, TIPS_GOODBYE));
                    return true;
                }
                case '0' -> {
                    return false;
                }
                default -> {
                    tellCode(call, message.keep());
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean heard(Call call, Message message) {
        var said = false;
        try {
            call.listen(LONGEST, message::hear);
        } finally {
            said = message.end();
        }
        return said;
    }

    private static void tellCode(Call call, TipCode code) {
        var digits = Phrase.inGroups(code.digits(), 3, 3);
        call.announce(Phrase.of(SPOKEN_TIP_CODE).then(digits).then(ONCE_MORE).then(digits));
        call.announce(Phrase.of(SPOKEN_TIP_KEEP_CODE, TIPS_GOODBYE));
    }
}
