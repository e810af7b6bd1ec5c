/** Packages for Chromium that a company serves itself: a zip behind a signed head (CRX3), and the list for updates. */

import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";

/** @param {number} value @returns {Buffer} a protobuf varint */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

/** A protobuf field of bytes. @param {number} number @param {Buffer} data */
const field = (number, data) => Buffer.concat([varint(number * 8 + 2), varint(data.length), data]);

/** @param {number} value */
function word(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/**
 * @param {string} pem  a private RSA key, PKCS#8
 * @returns {Buffer}  its public half, DER
 */
export function publicOf(pem) {
  return createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "der" });
}

/**
 * The extension's id under this key: the first half of its SHA-256, written in the letters a to p.
 * @param {Buffer} publicKey  DER
 */
export function idOf(publicKey) {
  const digits = createHash("sha256").update(publicKey).digest("hex").slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

/**
 * @param {Buffer} zip
 * @param {string} pem
 * @returns {Buffer}
 */
export function crxOf(zip, pem) {
  const publicKey = publicOf(pem);
  const id = createHash("sha256").update(publicKey).digest().subarray(0, 16);
  const signed = field(1, id);
  const signature = sign("sha256", Buffer.concat([Buffer.from("CRX3 SignedData\0"), word(signed.length), signed, zip]), pem);
  const proof = Buffer.concat([field(1, publicKey), field(2, signature)]);
  const head = Buffer.concat([field(2, proof), field(10000, signed)]);
  return Buffer.concat([Buffer.from("Cr24"), word(3), word(head.length), head, zip]);
}

/**
 * What a browser reads to find the package.
 * @param {{id: string, version: string, address: string}} what  address: where the crx lies
 */
export function updateXml({ id, version, address }) {
  if (!/^https?:\/\/[^\s"'<>&]+$/.test(address)) throw new Error(`not an address that can be served: ${address}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${id}">
    <updatecheck codebase="${address}" version="${version}"/>
  </app>
</gupdate>
`;
}
