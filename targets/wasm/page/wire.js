"use strict";
// What a message is made of, for the eye: this reads nothing that a stranger on the way could not read.

const FIELDS = {
  olm: { 0x0a: "ratchet key", 0x10: "chain index", 0x22: "ciphertext" },
  preKey: { 0x0a: "one-time key", 0x12: "base key", 0x1a: "identity key", 0x22: "message" },
  megolm: { 0x08: "message index", 0x12: "ciphertext" },
};
const TRAILERS = { olm: [["MAC", 8]], preKey: [], megolm: [["MAC", 8], ["signature", 64]] };

/** The bytes of unpadded base64. */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Unpadded base64 of bytes. */
function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("=", "");
}

/** A number in seven bits a byte, and where it ends. */
function varint(bytes, start) {
  let value = 0;
  let at = start;
  for (let shift = 0; at < bytes.length; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return [value, at];
}

/** The parts of a message: name, bytes, and for numbers the value. */
function dissect(kind, bytes) {
  const parts = [{ name: "version", bytes: bytes.subarray(0, 1), value: bytes[0] }];
  const end = bytes.length - TRAILERS[kind].reduce((sum, [, length]) => sum + length, 0);
  let at = 1;
  while (at < end) {
    const tag = bytes[at];
    const name = FIELDS[kind][tag] ?? "unknown field";
    const [number, after] = varint(bytes, at + 1);
    if ((tag & 7) === 0) {
      parts.push({ name, bytes: bytes.subarray(at + 1, after), value: number });
      at = after;
    } else {
      const field = bytes.subarray(after, Math.min(after + number, end));
      if (name === "message") parts.push(...dissect("olm", field).slice(1));
      else parts.push({ name, bytes: field });
      at = after + number;
    }
  }
  at = end;
  for (const [name, length] of TRAILERS[kind]) {
    parts.push({ name, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return parts;
}

globalThis.wire = { dissect, fromBase64, toBase64 };
