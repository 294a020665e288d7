package hotline.base.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** What was thrown, with numbers and codes masked: a message may repeat what it was about, and forges no line. */
public final class RedactedThrowable extends ThrowableProxyConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Redactor.onOwnLines(Redactor.masked(super.convert(event)));
    }
}
