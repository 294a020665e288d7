package hotline.base.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A message in one line: line breaks are shown, not written; numbers and codes are masked. */
public final class RedactedMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Redactor.onOneLine(Redactor.masked(String.valueOf(super.convert(event))));
    }
}
