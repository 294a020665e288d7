// Plays a prompt where it stands in the list; without this, its link opens the sound.
import { say } from '/assets/console.js';

let sound;
let button;

function rest() {
  if (!button) return;
  button.textContent = '▶';
  button.setAttribute('aria-label', `Play: ${button.dataset.play}`);
  button = undefined;
}

document.addEventListener('click', event => {
  const pressed = event.target.closest('[data-play]');
  if (!pressed) return;
  event.preventDefault();
  const again = pressed === button;
  sound?.pause();
  rest();
  if (again) return;
  button = pressed;
  button.textContent = '■';
  button.setAttribute('aria-label', `Stop: ${button.dataset.play}`);
  sound = new Audio(pressed.href);
  sound.addEventListener('ended', rest);
  sound.play().catch(() => { rest(); say('This cannot be played here.'); });
});
