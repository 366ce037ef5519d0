// What several tabs of one browser learn is told by one of them: the one that claims it first.

// Milliseconds; browsers let a tab in the background look once a minute at least.
const HELD = 120_000;

function claim(name) {
  return new Promise((decided) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      decided(lock !== null);
      return lock && new Promise((done) => setTimeout(done, HELD));
    });
  });
}

// Those of `things` that no tab has claimed by their names yet; one tab asks after the other, so
// that they do not share what belongs together. Without https browsers have no locks: each tells.
export async function claimed(things, nameOf) {
  if (!navigator.locks) return things;
  return navigator.locks.request("edubot-claims", async () => {
    const won = await Promise.all(things.map((thing) => claim(nameOf(thing))));
    return things.filter((_, place) => won[place]);
  });
}
