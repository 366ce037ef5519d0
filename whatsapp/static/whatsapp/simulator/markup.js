// WhatsApp's text markup as DOM nodes; never as HTML.

const STYLES = { "*": "strong", _: "em", "~": "s" };
// A block of code, a web address, or words between two equal markers at word borders.
const PATTERN =
  /```([\s\S]+?)```|`([^`\n]+)`|(https?:\/\/[^\s<>"]*[^\s<>".,!?;:)\]])|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\4)[^\n])*\S)\4(?![\p{L}\p{N}])/u;

export function formatted(text) {
  const fragment = document.createDocumentFragment();
  let rest = text;
  for (let found = PATTERN.exec(rest); found; found = PATTERN.exec(rest)) {
    fragment.append(rest.slice(0, found.index), styled(found));
    rest = rest.slice(found.index + found[0].length);
  }
  fragment.append(rest);
  return fragment;
}

function styled([, block, code, address, marker, words]) {
  if (address) return link(address, address);
  const element = document.createElement(marker ? STYLES[marker] : "code");
  if (marker) element.append(formatted(words));
  else element.textContent = block ?? code;
  return element;
}

export function link(address, label) {
  const element = document.createElement("a");
  if (/^https?:\/\//.test(address)) element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  element.textContent = label;
  return element;
}
