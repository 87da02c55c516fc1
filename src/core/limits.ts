/** Everything that a file or a peer can make large has its limit here, with unit and reason. */

/** Bytes of an entry: tag 1, key 32, three varu64 of up to 9, three hashes of 34, signature 64 (wire.md §2.2). */
export const maxEntryBytes = 226

/** Bytes of an operation (decisions.md 2): three blob pieces of 256,000 bytes would fit, so one does with room for what wraps it. */
export const maxOperationBytes = 768 * 1024

/** Bytes of one item in a bundle (decisions.md 11): the largest operation, its entry and the CBOR around them, with room to grow. */
export const maxBundleItemBytes = 1024 * 1024
