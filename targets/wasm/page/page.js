"use strict";
// Shows the conversation, states its verdict in the page, and lets a person go on.

const timeline = document.getElementById("timeline");
const verdictElement = document.getElementById("verdict");

/** A new element with text in it; nothing is ever parsed as HTML. */
function element(name, classes, ...content) {
  const made = document.createElement(name);
  made.className = classes;
  made.append(...content);
  return made;
}

function idOf(device) {
  return device.name === "Bruno" ? "bruno" : "amelie";
}

/** The first and last bytes in hexadecimal digits. */
function hex(bytes) {
  const digits = (part) => Array.from(part, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return bytes.length <= 10 ? digits(bytes) : `${digits(bytes.subarray(0, 4))}…${digits(bytes.subarray(-3))}`;
}

/** What travels, part by part. */
function showWire(message) {
  const kind = message.protocol === "Megolm" ? "megolm" : message.type === 0 ? "preKey" : "olm";
  const parts = wire.dissect(kind, wire.fromBase64(message.body)).map(({ name, bytes, value }) => {
    const classes = { MAC: "mac", signature: "signature" }[name] ?? (value !== undefined ? "number" : name.includes("key") ? "key" : "");
    const label = value === undefined ? `${name}, ${bytes.length}` : name;
    return element("span", `part ${classes}`, element("small", "", label), String(value ?? hex(bytes)));
  });
  return element("div", "wire", ...parts);
}

/** What came of a message. */
function outcome({ plaintext, refusal, attack, recipient }) {
  if (refusal !== undefined) return element("span", attack ? "good" : "bad", `✗ ${recipient.name}: ${refusal}`);
  if (plaintext !== undefined) return element("span", attack ? "bad" : "good", `✓ ${recipient.name} reads it`);
  return element("span", "", "on its way");
}

function showMessage(message) {
  const { protocol, sender, text, note, attack, refusal, secret } = message;
  const kind = protocol === "Olm" ? (message.type === 0 ? "Olm, pre-key message" : "Olm") : "Megolm, to the room";
  const head = element("div", "head", element("span", "", note ? `${kind} · ${note}` : kind), outcome(message));
  const shown = secret ? `${text.length} characters, which only travel encrypted` : text;
  const classes = `message from-${idOf(sender)}${attack ? " attack" : ""}${refusal !== undefined && !attack ? " refused" : ""}`;
  const box = element("article", classes, head, element("div", secret ? "plaintext secret" : "plaintext", shown), showWire(message));
  timeline.append(box);
  return box;
}

function show(event) {
  if (event.title) timeline.append(element("div", "chapter", element("h2", "", event.title), element("p", "", event.about)));
  else if (event.restarted) timeline.append(element("p", "event", `↻ ${event.device.name} restarted from ${event.restarted} bytes`));
  else if (event.compared) timeline.append(element("p", "event", `${event.compared} digests are what they are on every other processor`));
  else showMessage(event);
}

function row(name, value, key) {
  return element("p", "", element("span", key ? "key" : "", name), element("b", "", value));
}

/** Who a device is, and how far its ratchets have come. */
function showDevice(device) {
  const box = document.getElementById(idOf(device));
  const rows = [element("h2", "", device.name)];
  rows.push(element("h3", "", "Identity"), row(device.identityKey, "", true), row(device.fingerprintKey, "", true));
  rows.push(element("h3", "", "Olm ratchet"));
  for (const line of device.session().split("\n")) {
    const [what, value, key] = line.split(" ");
    if (what === "session") rows.push(row(`session ${value}`, "", true));
    else if (what === "skipped") rows.push(row("keys kept for late messages", value));
    else if (value === "with") rows.push(row("sends", "with a new ratchet key"));
    else rows.push(row(`${what} on ${key.slice(0, 8)}…`, `index ${value}`));
  }
  rows.push(element("h3", "", "Megolm ratchets"));
  for (const line of device.rooms().split("\n").filter(Boolean)) {
    const [what, id, index] = line.split(" ");
    rows.push(row(`${what} ${id.slice(0, 8)}…`, what === "reads" ? `from ${index}` : `index ${index}`));
  }
  box.replaceChildren(...rows);
}

/** What a person may do with a message on its way. */
function offer(message, recipient, refresh) {
  const deliver = (note, body) => {
    const result = { ...message, body, recipient, note };
    try {
      const olm = message.protocol === "Olm";
      const read = olm ? recipient.decrypt(message.sender.identityKey, result) : recipient.readFromRoom(body);
      showMessage({ ...result, text: read, plaintext: read });
    } catch (error) {
      showMessage({ ...result, refusal: error.message });
    }
    refresh();
  };
  const actions = element("div", "actions");
  for (const [name, note, change] of [["Deliver", "delivered", (body) => body], ["Alter and deliver", "altered", (body) => altered(body, -20)]]) {
    const button = element("button", "", name);
    button.addEventListener("click", () => deliver(note, change(message.body)));
    actions.append(button);
  }
  showMessage(message).append(actions);
}

/** Lets a person write as either device. */
function letWrite({ amelie, bruno }) {
  const form = document.getElementById("writing");
  const refresh = () => {
    [amelie, bruno].forEach(showDevice);
    timeline.lastElementChild.scrollIntoView({ block: "center" });
  };
  form.hidden = false;
  let begun = false;
  form.addEventListener("submit", (submission) => {
    submission.preventDefault();
    if (!begun) show({ title: "Now you", about: "Deliver in any order, twice, altered, or not at all." });
    begun = true;
    const [sender, recipient] = form.sender.value === "bruno" ? [bruno, amelie] : [amelie, bruno];
    const [protocol, text] = [form.protocol.value, form.text.value];
    const message = protocol === "Olm" ? sender.encrypt(text) : { body: sender.writeToRoom(text) };
    offer({ protocol, sender, text, ...message }, recipient, refresh);
    form.text.value = "";
    refresh();
  });
}

function state(passed, text) {
  verdictElement.dataset.verdict = passed ? "passed" : "failed";
  verdictElement.textContent = text;
}

function main() {
  // `#alter=3`: somebody alters the third message, and the verdict must say so.
  const alter = Number(new URLSearchParams(location.hash.slice(1)).get("alter") ?? 0);
  try {
    const random = (memory) => crypto.getRandomValues(memory);
    const module = cliquet.Module.load(wire.fromBase64(CLIQUET_WASM), random);
    const { verdict, ...devices } = talk(module, show, alter);
    [devices.amelie, devices.bruno].forEach(showDevice);
    letWrite(devices);
    state(verdict.passed, verdict.text);
  } catch (error) {
    state(false, `failed: ${error.message}`);
  }
}

main();
