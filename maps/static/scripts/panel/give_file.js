// Hands a file to the reader.

import { make } from "../draw/dom.js";
import { DATA } from "../model/data.js";

/** @param {Blob} blob @param {string} name */
export function giveFile(blob, name) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${DATA.name || "regionet"}-${name}`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
