// Colleagues in a note: "@" and a few letters of a name.
import { isNote } from "./box.js";
import { suggest } from "./suggest.js";

suggest("colleagues", /(?:^|[^\p{L}\p{N}_.@])@([\p{L}\p{N}_.+-]*)$/u, isNote);
