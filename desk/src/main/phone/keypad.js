// The keys of a telephone, sent as RFC 4733 events.
const KEY_MS = 100; // How long a key is held, and the pause after it: quick typing is sent in time.
const PAUSE_MS = 70;

/** @param call the talk in which keys are pressed, if there is one */
export function keypad(call) {
  const buttons = new Map([...document.querySelectorAll('#keypad button')].map(it => [it.textContent, it]));
  const pressed = document.querySelector('#pressed');

  function press(key) {
    if (!call()?.isEstablished() || !buttons.has(key)) return;
    call().sendDTMF(key, { transportType: 'RFC2833', duration: KEY_MS, interToneGap: PAUSE_MS });
    pressed.textContent = (pressed.textContent + key).slice(-12);
    const button = buttons.get(key);
    button.classList.add('down');
    setTimeout(() => button.classList.remove('down'), 150);
  }

  buttons.forEach((button, key) => { button.onclick = () => press(key); });
  return { press, enable: on => buttons.forEach(it => { it.disabled = !on; }) };
}
