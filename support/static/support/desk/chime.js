// Two short tones, made here. Browsers are silent until somebody has clicked or typed on the page.
const TONES = [[660, 0], [880, 0.16]]; // hertz, and when: seconds from now
const LENGTH = 0.3;
const LOUDNESS = 0.12;
let audio = null;

function tone(frequency, start) {
  const [sound, volume] = [audio.createOscillator(), audio.createGain()];
  sound.frequency.value = frequency;
  volume.gain.setValueAtTime(LOUDNESS, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + LENGTH);
  sound.connect(volume).connect(audio.destination);
  sound.start(start);
  sound.stop(start + LENGTH);
}

// Before that it would sound at the first click, too late.
export const maySound = () => Boolean(navigator.userActivation?.hasBeenActive);

export async function chime() {
  if (!maySound()) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") await audio.resume();
  for (const [frequency, delay] of TONES) tone(frequency, audio.currentTime + delay);
}
