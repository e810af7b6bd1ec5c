/** Packages: the same files give the same bytes, other tools can read them, the signature holds, the policies name what exists. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createVerify, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { manifest } from "../../../extension/manifest.js";
import { idOf } from "../../../extension/packaging/crx.mjs";
import { filesOf, selfHosted, withManifest } from "../../../extension/packaging/pack.mjs";
import { zipOf } from "../../../extension/packaging/zip.mjs";

const root = new URL("../../../extension/", import.meta.url);
const read = (name) => readFileSync(new URL(name, root), "utf8");
const FILES = { "manifest.json": Buffer.from(JSON.stringify({ ...manifest("chrome", "0.1.0") })), "panel/panel.js": Buffer.from("export {};\n".repeat(500)), "icons/16.png": Buffer.from([137, 80, 78, 71, 0, 255]) };
const pem = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();

test("the same files give the same bytes, in any order and on any day", async () => {
  const folder = mkdtempSync(join(tmpdir(), "backtone-zip-"));
  for (const [name, data] of Object.entries({ "b.js": "b", "a.js": "a" })) writeFileSync(join(folder, name), data);
  const first = zipOf(await filesOf(folder));
  utimesSync(join(folder, "a.js"), new Date(2001, 1, 1), new Date(2001, 1, 1));
  assert.ok(first.equals(zipOf(await filesOf(folder))));
  assert.ok(zipOf(FILES).equals(zipOf(Object.fromEntries(Object.entries(FILES).reverse()))));
  rmSync(folder, { recursive: true });
});

test("another program reads the archive", () => {
  const folder = mkdtempSync(join(tmpdir(), "backtone-zip-"));
  writeFileSync(join(folder, "x.zip"), zipOf(FILES));
  const script = "import sys,zipfile,json; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({i.filename:[i.file_size,i.date_time[0],oct(i.external_attr>>16)] for i in z.infolist()}))";
  const seen = JSON.parse(execFileSync("python3", ["-c", script, join(folder, "x.zip")], { encoding: "utf8" }));
  assert.deepEqual(Object.keys(seen), Object.keys(FILES).sort());
  assert.deepEqual(seen["panel/panel.js"], [FILES["panel/panel.js"].length, 1980, "0o100644"]);
  rmSync(folder, { recursive: true });
});

test("no path leaves the archive", () => {
  for (const name of ["../x", "/etc/x", "a/../../x", "a b"]) assert.throws(() => zipOf({ [name]: Buffer.from("") }), /not a path/);
});

test("the fixed key gives the id that policies and docs name", () => {
  const key = Buffer.from(String(manifest("chrome", "0.1.0").key), "base64");
  assert.equal(idOf(key), "gjpgmngaaiddcmhfgjhcnigcidihnhke");
});

test("a crx is signed by the company's key, carries its id and where updates lie; the same key gives the same bytes", () => {
  const key = pem();
  const one = selfHosted(FILES, key, "https://intranet.example/backtone/");
  assert.ok(one.crx.equals(selfHosted(FILES, key, "https://intranet.example/backtone/").crx));
  assert.match(one.xml, new RegExp(`appid="${one.id}"[\\s\\S]*codebase="https://intranet.example/backtone/${one.name}" version="0.1.0"`));
  assert.equal(one.crx.subarray(0, 4).toString(), "Cr24");
  assert.equal(one.crx.readUInt32LE(4), 3);
  const head = one.crx.subarray(12, 12 + one.crx.readUInt32LE(8));
  const zip = one.crx.subarray(12 + head.length);
  const fields = parse(head);
  const proof = parse(fields.get(2));
  const signed = fields.get(10000);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(signed.length);
  const verified = createVerify("sha256").update(Buffer.concat([Buffer.from("CRX3 SignedData\0"), size, signed, zip]))
    .verify({ key: proof.get(1), format: "der", type: "spki" }, proof.get(2));
  assert.ok(verified);
  assert.equal(idOf(proof.get(1)), one.id);
  assert.notEqual(selfHosted(FILES, pem(), "https://intranet.example/backtone/").id, one.id);
  assert.throws(() => selfHosted(FILES, key, "https://intranet.example/\"><x/"), /not an address/);
});

/** Fields of bytes of a protobuf message. */
function parse(data) {
  const fields = new Map();
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data[at];
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < data.length) {
    const tag = number();
    const length = number();
    fields.set(tag >> 3, data.subarray(at, at + length));
    at += length;
  }
  return fields;
}

test("the store's package has no key of its own", () => {
  const { key, ...rest } = JSON.parse(withManifest(FILES, (made) => delete made.key)["manifest.json"].toString());
  assert.equal(key, undefined);
  assert.equal(rest.version, "0.1.0");
});

test("the policy examples set what the schema and the settings know, and nothing else", () => {
  const schema = Object.keys(JSON.parse(read("src/options/managed_schema.json")).properties);
  const names = [...read("src/shared/settings.js").matchAll(/SETTING_NAMES = .*?\[(.*?)\]/gs)][0][1].match(/[a-z_]+/g);
  assert.deepEqual(schema, names);
  const id = "gjpgmngaaiddcmhfgjhcnigcidihnhke";
  const chrome = JSON.parse(read("policies/chrome.json"))["3rdparty"].extensions[id];
  const firefox = JSON.parse(read("policies/firefox.json")).policies["3rdparty"].Extensions["backtone@backtone.invalid"];
  for (const one of [chrome, firefox]) for (const name of Object.keys(one)) assert.ok(names.includes(name), name);
  for (const file of ["chrome-windows.reg", "edge-windows.reg"]) {
    const text = read(`policies/${file}`);
    const [, values] = text.split("\\policy]");
    assert.deepEqual(Object.fromEntries([...values.matchAll(/"([a-z_]+)"="([^"]*)"/g)].map(([, name, value]) => [name, value])), chrome);
    assert.match(text, file.startsWith("edge") ? /Policies\\Microsoft\\Edge\\/ : /Policies\\Google\\Chrome\\/);
  }
});
