// The tab's title: who is open, and before it how many have unread words.
let words = document.title;
let unread = 0;

const draw = () => (document.title = unread ? `(${unread}) ${words}` : words);

export function name(what) {
  words = what;
  draw();
}

export function count(howMany) {
  unread = howMany;
  draw();
}
