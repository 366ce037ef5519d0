// A ticket for somebody who phones or comes to the counter: once it is open, it is shown.
import { byId, on, tell } from "./dom.js";
import { open } from "./navigation.js";

on("opened", async ({ target, detail: { ticket } }) => {
  target.reset();
  byId("new-problems").replaceChildren();
  await open(ticket);
  tell(byId("toast").textContent); // once more: on a phone it stands above the chat, which is another one now
});
