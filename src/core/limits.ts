/** Everything that a file or a peer can make large has its limit here, with unit and reason. */

/** Bytes of an entry: tag 1, key 32, three varu64 of up to 9, three hashes of 34, signature 64 (wire.md §2.2). */
export const maxEntryBytes = 226

/** Bytes of an operation (decisions.md 2): three blob pieces of 256,000 bytes would fit, so one does with room for what wraps it. */
export const maxOperationBytes = 768 * 1024

/** Bytes of one item in a bundle (decisions.md 11): the largest operation, its entry and the CBOR around them, with room to grow. */
export const maxBundleItemBytes = 1024 * 1024

/** Fields of an application schema (wire.md §4.4). */
export const maxSchemaFields = 1024

/** Unicode scalar values in the description of a schema (wire.md §4.4). */
export const maxDescriptionCharacters = 256

/** Bytes in one piece of a blob (wire.md §4.4): 256 × 1000. */
export const maxBlobPieceBytes = 256 * 1000

/** Log ids from here up are never used (decisions.md 19): 2^64 − 2. */
export const firstReservedLogId = 2n ** 64n - 2n

/** Entries that ingest commits at once (sync.md §6): a transaction of some 0.1 s in a browser. */
export const maxIngestBatch = 500

/** Bytes of entries with operations that a node keeps for clients although what they build on is missing: at once, … */
export const maxEarlyBurst = 64 * 1024 * 1024
/** … and how fast room for more of them grows: a gigabyte in 18 hours. */
export const earlyBytesPerSecond = 16 * 1024

/** Entries, and bytes of them with their operations, that wait for something missing. Of one key a quarter of that. */
export const maxWaitingEntries = 10_000
export const maxWaitingBytes = 64 * 1024 * 1024

/** Drafts that are signed and committed as one; a larger batch would keep other tabs waiting for seconds. */
export const maxDrafts = 1_000

/** Operations of a schema definition of which each is looked at as a version; of longer ones only the first and the last state. */
export const maxListedVersions = 256

/** Addresses in a connection blob (webrtc.md §2): four of IPv6 still make a QR code that phones read from each other. */
export const maxCandidates = 4

/** Bytes of a meeting code: key, secret, the longest ICE credentials there are and four addresses come to less. */
export const maxMeetingCodeBytes = 1024

/** Bytes of a linking code: two keys, a secret, and four nodes with the longest addresses there are. */
export const maxLinkingCodeBytes = 1536

/** Heads of one key that a device takes as an answer: ten times what a busy year writes. */
export const maxOwnHeads = 200_000

/** Invites that one side of a connection proves to hold. */
export const maxHeldInvites = 8
/** Entries and bytes that a guest writes before it is a member (flows.md §1.2): its person, a request and a knock are a dozen. */
export const maxGuestEntries = 256
export const maxGuestBytes = 512 * 1024

/** Control entries that a key may send to a group which does not know it (sync.md §3). */
export const maxIntroducedEntries = 200

/** Bytes of the body of one box-stream packet (secret-handshake.md §3); a larger one is refused before it is read. */
export const maxPacketBytes = 4096

/** Bytes that may come behind the message of a handshake that is due: what two reads of a socket bring along. */
export const maxEarlyBytes = 128 * 1024

/** Bytes of one frame between peers (sync.md §1): the largest operation, its entry and what is around them. */
export const maxFrameBytes = 1024 * 1024

/** Bytes of every message but those that carry entries (sync.md §1): a longer list comes in pieces. Also of the body of `Have` and `LogRanges`, before and after inflating. */
export const maxPieceBytes = 64 * 1024

/** Bytes of a `Have`: its body, and room for what is around it. */
export const maxHaveBytes = maxPieceBytes + 64

/** Scope tokens in one `Interest`: more scopes than a phone follows, and 16 KiB. */
export const maxInterestTokens = 1024

/** Bytes of a `Presence` (sync.md §5). */
export const maxPresenceBytes = 1024

/** Bytes of a `Signal` (sync.md §7). */
export const maxSignalBytes = 4 * 1024

/** Direct links that a device makes by itself: of the eight connections that a phone bears, two are left for nodes and for those met by code. */
export const maxDirectLinks = 6

/** Devices that are remembered as reachable. Anybody in a scope may name keys that are nobody's. */
export const maxLinkCandidates = 64

/** Bytes of a message of Negentropy (sync.md §4): 60 KiB, so that it fits a piece. */
export const maxReconcileBytes = 60 * 1024

/** Messages one side takes in a reconciliation. A million differences, at 1,900 in a message, take some 550. */
export const maxReconcileRounds = 1024

/** Bytes of a link: two names and four hints of the longest kind. Most have 200. */
export const maxLinkBytes = 2560

/** Characters of the address of a node: the longest host name there is, a port and a short path. */
export const maxAddressCharacters = 300

/** Characters of a name that somebody gives somebody else: two lines of a phone. */
export const maxPetnameCharacters = 100

/** Nodes that a share link may name (flows.md §1.1). */
export const maxLinkHints = 4

/** Characters of a name or a token in a link: a line of a phone, twice. */
export const maxLinkNameCharacters = 100

/** Bytes of the note in a knock: a name of 100 characters, a key, and what sealing adds. */
export const maxKnockNoteBytes = 512

/** Unicode scalar values in the name of a group (identity.md §2.1.1). */
export const maxGroupNameCharacters = 128

/** Rows in one limit document (identity.md §2.1.4); whoever has more writes another. */
export const maxLimitRows = 1024

/** Logs in one digest row of a limit (identity.md §2.1.4). */
export const maxDigestLogs = 64

/** Bytes of a key package: of suite 1 one has some 400. */
export const maxKeyPackageBytes = 16 * 1024

/** Rows of one node's outbox that are read at once: ids alone, some 10 MB. What is beyond waits until these are through. */
export const maxOutboxRows = 100_000

/** Characters kept of what a node says about an entry. */
export const maxSaidCharacters = 300

/** Bytes of an envelope (secret-groups.md §13): a text of some hundred pages, sealed. Files go in pieces of their own. */
export const maxEnvelopeBytes = 256 * 1024

/** Messages that one message names as known before it (schemas.md §3): as many as may be said at once by people who did not hear each other. */
export const maxMessageAfter = 8

/** Unicode scalar values in a reaction: flags and families take ten. */
export const maxEmojiCharacters = 32
