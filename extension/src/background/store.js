/** One small IndexedDB table for what is too large for the settings: the rulebook from the server. */

/** @returns {Promise<IDBDatabase>} */
function openStore() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("backtone", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function run(mode, act) {
  const db = await openStore();
  try {
    return await new Promise((resolve, reject) => {
      const request = act(db.transaction("kept", mode).objectStore("kept"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    db.close();
  }
}

/** @param {string} name @returns {Promise<any>} */
export const readStored = (name) => run("readonly", (store) => store.get(name));

/** @param {string} name @param {unknown} value */
export const writeStored = (name, value) => run("readwrite", (store) => store.put(value, name));
