// A telephone system that is only starting can leave a registration unanswered. JsSIP waits half a minute for the answer
// and then gives up for good; a phone that nobody can ring must not wait for its owner to notice.
const PATIENCE_MS = 5_000;

/**
 * Hangs up a line on which no registration comes about, so that JsSIP takes a new one and registers on it.
 * @param phone the user agent
 * @param line the socket it was given
 * @param isTalking whether a call would be lost with the line
 */
export function keepRegistered(phone, line, isTalking) {
  let late;
  const wait = () => {
    clearTimeout(late);
    late = setTimeout(() => (isTalking() ? wait() : drop(line)), PATIENCE_MS);
  };
  phone.on('connected', wait);
  phone.on('registrationFailed', wait);
  phone.on('registered', () => clearTimeout(late));
  phone.on('disconnected', () => clearTimeout(late));
}

function drop(line) {
  line.disconnect();
  line.ondisconnect(true, 1006, 'a registration was not answered');
}
