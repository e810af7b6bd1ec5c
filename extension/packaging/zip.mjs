/** Zip archives that are the same for the same files: sorted, no dates, no owners. */

import { crc32, deflateRawSync } from "node:zlib";

/** 1980-01-01, the earliest day that a zip can name. */
const DATE = 0x21;

/**
 * @param {Record<string, Buffer>} files  by path with forward slashes
 * @returns {Buffer}
 */
export function zipOf(files) {
  const local = [];
  const central = [];
  let offset = 0;
  const names = Object.keys(files).sort();
  for (const name of names) {
    if (!/^[\w./-]+$/.test(name) || name.startsWith("/") || name.split("/").includes("..")) throw new Error(`not a path for an archive: ${name}`);
    const data = files[name];
    const packed = deflateRawSync(data, { level: 9 });
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const head = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, path]);
    local.push(head, packed);
    const about = Buffer.alloc(14);
    about.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    about.writeUInt32LE(offset, 10);
    // Made on Unix, so that the mode counts.
    central.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, about, path);
    offset += head.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}
