// The desk. Every page works without scripts, only slower; these modules keep it alive.
import "./connection.js";
import "./navigation.js";
import "./queue.js";
import "./thread.js";
import "./composer.js";
import "./canned.js";
import "./mentions.js";
import "./later.js";
import "./files.js";
import "./undo.js";
import "./presence.js";
import "./news.js";
import "./viewer.js";
import "./dialogs.js";
import "./keys.js";
import "./times.js";
