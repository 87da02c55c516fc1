import type { Failure } from '../engine/failure.ts'

type Code = Failure['code']
/** The failures that carry this code, also those that share their shape with another code. */
type Of<C extends Code, F = Failure> = F extends { readonly code: infer Codes } ? (C extends Codes ? F : never) : never

/** What mends a damaged row. */
const mendBy = (table: string): string => {
  if (table === 'docs') return 'import a copy of that document to mend it'
  if (table === 'views') return 'open that document to make it anew'
  return 'import a copy of what is missing, or export everything and import it into a new database'
}

/** What did not fit while two devices were linked. */
const interference: { readonly [B in Of<'linking/interference'>['because']]: string } = {
  'other-key': 'the other device is not the one that the code names',
  'proof-wrong': 'the other device did not prove that it saw the code',
  'out-of-turn': 'the other device did not keep to the order',
  'words-differ': 'the four words are not the same',
  'foreign-person': 'the other device does not belong to the person it spoke for',
}

/** Why a member of a group cannot be changed so. What is missing here is a matter of rights. */
const unchanged: { readonly [R in Of<'group/change-refused'>['refusal']['reason']]?: string } = {
  inert: 'The group has no founder here, or has ended.',
  'last-keeper': 'Nobody would be left who keeps the group. Make somebody else keeper first.',
  'kept-before':
    'This device took something from itself in this group once before, so what it wrote since would be lost. Ask a keeper to do it.',
  'not-member': 'There is no such place in this group as far as this device knows. Meet a member first.',
  'not-given': 'Only keepers can do this. Ask one of them.',
}

/** One sentence per code: what happened, and what to do. A missing code does not compile. */
const explain: { readonly [C in Code]: (failure: Of<C>) => string } = {
  'store/full': () => 'The disk is full. Nothing was lost; free some space and try again.',
  'store/closed': () => 'The database was closed. Open the node again.',
  'store/blocked': () =>
    'Another tab holds an older version of the database. Close the other tabs of this app, then try again.',
  'store/newer': (f) => `The database is of version ${f.found}, this app knows up to ${f.known}. Update the app.`,
  'store/unavailable': (f) =>
    `There is no storage (${f.reason}). In a browser leave private browsing; for a node see that nobody else has the folder open, or that the database answers.`,
  'store/corrupt': (f) => `A row of ${f.table} is damaged (${f.key}). The rest works; ${mendBy(f.table)}.`,
  'store/failed': (f) =>
    `The database answered with an error (${f.reason}). Try again; if it stays, export what you have.`,
  'signer/gone': () =>
    'The signing key of this database is gone. You can read and export everything, but not change it here.',
  'signer/refused': (f) => `The signer refused: ${f.reason}. Please report it.`,
  'signer/unavailable': (f) => `The signer did not start (${f.reason}). Reload the page.`,
  'signer/no-words': () =>
    'This device holds no recovery words: they were confirmed, and are on your paper only. Whoever lost it renews them from another device.',
  'signer/paper-damaged': (f) =>
    `The recovery words cannot be read on this device (${f.reason}). Type them from your paper, or renew them.`,
  'petname/too-long': (f) => `A name has ${f.limit} characters at most. Choose a shorter one.`,
  'person/exists': () =>
    'Somebody writes on this device already. Whoever comes by recovery words or is linked from another device needs an identity of their own here.',
  'person/words-unknown': () =>
    'Nothing of the person with these words is on this device yet. Connect with a node or a friend that has it, or import a file.',
  'person/words-retired': () => 'These words were renewed, and open nothing any more. Type the newer ones.',
  'person/behind': () =>
    'Others have something that you wrote and that this device lacks. Connect with them first, so that nothing is written twice.',
  'person/none': () => 'Nobody wrote anything on this device yet. Make a list or join a group first.',
  'person/device-unknown': (f) =>
    `${f.publicKey} is no device of yours as far as this device knows. Connect with another of your devices first.`,
  'person/device-own': () => 'This is the device in your hands. Remove it from another of your devices.',
  'person/not-allowed': () =>
    'This device may not add or remove devices. Use one that may, or type your recovery words.',
  'person/words-kept': () =>
    'Your recovery words are on this device only. Write them down and type three of them in, then link another device.',
  'words/count': (f) => `Recovery words are 12 or 24; these are ${f.found}. Type all of them, with spaces between.`,
  'words/unknown': (f) => `Word ${f.at} is not in the list of recovery words. Check how it is written.`,
  'words/checksum': () =>
    'All of these words exist, but not together. One of them is another word, or two changed places; compare each with your paper.',
  'call/aborted': () => 'Stopped, as asked. What was stored before stays.',
  'call/lost': (f) => `The engine stopped (${f.reason}). Reload the page; what was stored is still there.`,
  'host/insecure-page': () =>
    'This page was loaded without HTTPS, so the browser gives it no keys. Open it by https:// or on localhost.',
  'host/no-web-locks': () =>
    'This browser has no Web Locks, without which two tabs could damage each other. Update it or use another browser.',
  'host/worker-failed': (f) =>
    `The ${f.worker} worker did not start (${f.reason}). Reload the page; if it stays, the files of the app are incomplete.`,
  'host/key-file': (f) => `The key file ${f.path} cannot be used: ${f.reason}.`,
  'host/cannot-listen': (f) =>
    f.reason === 'EADDRINUSE'
      ? `Port ${f.port} is taken by another program. Choose another one: --port ${f.port + 1}, or --port 0 for any that is free.`
      : f.reason === 'EACCES'
        ? `This user may not listen on port ${f.port}. Choose one above 1023: --port 2020.`
        : `The node cannot listen on ${f.host}, port ${f.port} (${f.reason}). Choose others with --host and --port.`,
  'hash/malformed': () => 'Not a hash: expected 68 lowercase hex digits that begin with 0020. Copy the whole id.',
  'public-key/malformed': () => 'Not a public key: expected 64 lowercase hex digits. Copy the whole key.',
  'view-id/malformed': (f) => `Not a document view id: expected ${f.expected}, joined by "_". Copy the whole id.`,
  'number/malformed': (f) => `Not a log id or sequence number: expected ${f.expected}.`,
  'entry/malformed': (f) =>
    `Byte ${f.at} of the entry: expected ${f.expected}. The sender does not speak Bamboo, or the bytes were cut.`,
  'entry/links-invalid': (f) => `Entry ${f.seqNum} of a log has ${f.expected}, and this one does not. Drop it.`,
  'entry/out-of-range': (f) => `The ${f.field} of an entry is out of range: numbers are 64 bits, logs count from 1.`,
  'entry/signature-invalid': (f) => `Not signed by ${f.publicKey}. Drop the entry; do not retry.`,
  'entry/backlink-missing': (f) => `Entry ${f.seqNum} of this log is not here yet. Import what comes before it.`,
  'entry/skiplink-missing': (f) => `Entry ${f.seqNum} of this log is not here yet. Import what comes before it.`,
  'entry/backlink-mismatch': (f) =>
    `The entry follows ${f.expected} at number ${f.seqNum}, but this log holds ${f.found} there. One of them was forged, or the log is forked.`,
  'entry/skiplink-mismatch': (f) =>
    `The entry skips to ${f.expected} at number ${f.seqNum}, but this log holds ${f.found} there. One of them was forged, or the log is forked.`,
  'entry/log-ended': (f) => `This log ended with entry ${f.seqNum}; nothing may follow. Write to a new log.`,
  'entry/log-forked': (f) =>
    `Two different entries claim number ${f.seqNum} of this log. Its author signed both; keep neither.`,
  'entry/unconnected': (f) => `No links lead to entry ${f.seqNum} of this log. Ask for its certificate pool.`,
  'payload/too-large': (f) => `The operation has ${f.bytes} bytes; ${f.limit} is the most. Split it.`,
  'payload/hash-mismatch': (f) => `The operation's hash is ${f.found}, its entry says ${f.expected}. Ask for it again.`,
  'payload/size-mismatch': (f) => `The operation has ${f.found} bytes, its entry says ${f.expected}. Drop both.`,
  'entry/too-many-waiting': () =>
    'Too much waits already for something that is missing, so this was not kept. Bring what is missing first, then this again.',
  'entry/log-id-reserved': (f) => `Log ${f.logId} is out of use: log ids end below 2^64 − 2. Drop the entry.`,
  'operation/malformed': (f) =>
    `Byte ${f.at} of the operation: expected ${f.expected}. Its writer does not follow p2panda, or the bytes were cut.`,
  'operation/version-unsupported': (f) => `The operation is of version ${f.version}; only 1 is known. Update the app.`,
  'operation/fields-unsorted': (f) => `The fields of the operation are not in order at "${f.field}". Drop it.`,
  'operation/previous-empty': () => 'A change has to name what it follows, and this one names nothing. Drop it.',
  'operation/previous-unsorted': () => 'The ids that an operation follows have to be sorted, each once. Drop it.',
  'operation/previous-missing': (f) =>
    `The operation ${f.previous} is not here, so nothing can follow it. Import it first, or leave out "previous".`,
  'operation/previous-foreign': (f) =>
    `The operation follows ${f.previous}, which belongs to another document than the rest. Drop it.`,
  'operation/field-missing': (f) => `The field "${f.field}" is missing. Give it a value.`,
  'operation/field-unknown': (f) => `The schema has no field "${f.field}". Leave it out, or make a new version.`,
  'operation/field-type': (f) =>
    `The field "${f.field}" takes ${f.expected}, not ${f.found}. Give it a value of that kind.`,
  'operation/field-invalid': (f) => `The field "${f.field}" takes ${f.expected}. Change the value.`,
  'schema/not-matching': (f) => `The operation is of schema ${f.found}, its document of ${f.expected}. Use that one.`,
  'schema/unknown': (f) => `The schema ${f.schemaId} is not here. Import its definition, or define it first.`,
  'schema/id-malformed': (f) => `Not a schema id: expected ${f.expected}. Copy the whole id.`,
  'schema/field-type-malformed': (f) => `Not a field type: expected ${f.expected}.`,
  'schema/definition-invalid': (f) => `These definitions make no schema: ${f.reason}. Change the definition.`,
  'document/create-missing': () => 'The beginning of this document is not here yet. Import the rest of it.',
  'document/create-repeated': () => 'This document begins twice. Its writer does not follow p2panda; drop it.',
  'document/view-unknown': (f) =>
    `The operation ${f.operationId} of that view is not here. Import the rest of the document.`,
  'document/unknown': (f) => `There is no document ${f.documentId} here. Import it first.`,
  'document/deleted': (f) => `The document ${f.documentId} was removed. Create a new one instead.`,
  'document/log-taken': (f) =>
    `Log ${f.logId} of this key writes to another document already. Ask for the next arguments again.`,
  'entry/seq-num-unexpected': (f) =>
    `The next entry of this log has sequence number ${f.expected}, not ${f.found}. Ask for the next arguments again.`,
  'document/log-mismatch': (f) =>
    `Log ${f.logId} does not belong to document ${f.documentId}: a key has one log per document. Drop the entry.`,
  'draft/too-many': (f) => `${f.drafts} drafts at once; ${f.limit} is the most. Publish them in several batches.`,
  'draft/reference-unknown': (f) => `No earlier draft of this batch is called "${f.ref}". Name it with "as".`,
  'draft/reference-repeated': (f) => `Two drafts of this batch are called "${f.ref}". Give each its own name.`,
  'sealed/schema-refused': (f) =>
    `Documents of ${f.schemaId} are judged in clear, so they cannot be sealed. Create it without a group.`,
  'sealed/too-large': (f) =>
    `Sealed this takes ${f.bytes} bytes, more than the ${f.limit} that one document may have. Put it into a file, or cut it.`,
  'group/locked': (f) => `The keys of the group ${f.group} are not on this device yet. Meet a member first.`,
  'group/not-sealed': (f) =>
    `${f.group} is no group on this device that things can be sealed for. Meet a member first.`,
  'invite/refused': () => 'This device may let nobody into that group, so it cannot invite either. Ask a keeper.',
  'group/change-refused': ({ refusal }) =>
    unchanged[refusal.reason] ?? 'This device is not (any more) among those who may do this here. Ask a keeper.',
  'draft/key-unknown': (f) => `${f.publicKey} is no key of this node. Sign with one of its own keys.`,
  'publish/outrun': (f) =>
    `Others wrote to the same logs each of ${f.attempts} times. Nothing was stored; try again in a moment.`,
  'query/unknown-field': (f) => `The schema has no field "${f.field}". Use the name of one that it has.`,
  'query/wrong-filter': (f) =>
    `The field "${f.field}" is of kind ${f.kind}, which has no filter "${f.filter}". Use one that it has.`,
  'query/wrong-value': (f) =>
    `The filter "${f.filter}" of the field "${f.field}" takes values of kind ${f.kind}. Give it such a value.`,
  'query/bad-cursor': () => 'The cursor is of another query or order. Begin at the first page.',
  'query/unsortable-field': (f) =>
    `The field "${f.field}" is of kind ${f.kind}, which has no order. Sort by another field.`,
  'query/first-out-of-range': (f) => `A page has 1 to ${f.limit} documents, not ${f.first}. Ask for several pages.`,
  'query/no-relation': (f) => `The field "${f.field}" is of kind ${f.kind} and leads nowhere. Select a relation.`,
  'blob/unknown': (f) => `There is no file ${f.documentId} here. Import it first.`,
  'blob/missing-pieces': (f) => `${f.missing} pieces of the file ${f.documentId} are not here. Import the rest of it.`,
  'blob/length-mismatch': (f) =>
    `The file has ${f.found} bytes; ${f.expected} were announced. Nothing was stored; send it again.`,
  'fork/unproven': (f) => `These two entries prove no fork: a proof has ${f.expected}.`,
  'bundle/header-invalid': () => 'Not a .takibi file: it does not begin with "takibi1". Choose another file.',
  'bundle/cut-off': (f) =>
    `The file ends inside item ${f.index}. What came before is good; get the whole file for the rest.`,
  'bundle/length-invalid': (f) =>
    `The length of item ${f.index} is damaged, so what follows can't be read. Get the file again.`,
  'bundle/item-too-large': (f) => `Item ${f.index} claims ${f.bytes} bytes; ${f.limit} is the most. It was skipped.`,
  'bundle/item-malformed': (f) =>
    `Item ${f.index} is damaged at its byte ${f.at}: expected ${f.expected}. It was skipped.`,
  'meeting/malformed': (f) =>
    `Not a code to meet by: expected ${f.expected} (byte ${f.at}). Scan it again, or copy all of it.`,
  'meeting/version-unsupported': (f) => `The code is of version ${f.version}; only 1 is known. Update the app.`,
  'meeting/for-linking': () =>
    'This code links a device to a person; nobody is met by it. Ask the other device for a code to meet by.',
  'meeting/own-code': () => 'This code comes from this very device. Scan the one that the other device shows.',
  'meeting/sdp-unusable': (f) =>
    `This browser describes its connections in a way nobody knows here (no ${f.missing}). Use another browser.`,
  'meeting/no-webrtc': (f) => `This browser makes no direct connections (${f.reason}). Hand over a file instead.`,
  'link/malformed': (f) => `This link does not hold together: expected ${f.expected}. Ask for it again, whole.`,
  'link/cut': () => 'This link ends too early. Copy all of it, or ask for it again.',
  'link/version-unsupported': (f) =>
    `The link is of kind ${f.version}, which this Takibi does not know. Update the app.`,
  'link/expired': (f) =>
    `This invite ended on ${new Date(f.expiresAt * 1_000).toISOString()}, by the clock of this device. Ask for a new one.`,
  'linking/for-meeting': () =>
    'This code is one to meet somebody by; no device is linked by it. Ask the other device for a code to link by.',
  'linking/interference': (f) =>
    `Someone may be interfering: ${interference[f.because]}. Nothing was linked. Show a new code, and see that nobody else sees it.`,
  'linking/late': () => 'The two devices were not linked in time. Show a new code and begin again.',
  'linking/cut-off': () => 'The connection broke off before the devices were linked. Show a new code and begin again.',
  'linking/declined': () => 'Linking was stopped on one of the devices. Nothing was linked.',
  'dial/unreachable': (f) =>
    `Nobody answered at ${f.address}. Try again when there is a network, or check the address.`,
  'dial/unsupported': (f) => `Nothing here can connect to ${f.address}. Use an address that begins with wss://.`,
  'scope/owned-schema': () =>
    'What is written with this belongs to groups, and goes to their members only. Let somebody into the group instead.',
  'scope/system-schema': (f) =>
    `The built-in schema ${f.schemaId} is shared with the collections that use it, not by itself. Share one of those.`,
  'hello/version-unsupported': (f) =>
    `The other side speaks version ${f.version} of the protocol; only 1 is known. Update both apps.`,
  'hello/signature-invalid': (f) =>
    `The other side claimed the key ${f.publicKey} and did not prove it. Do not trust it.`,
  'sync/hello-late': () => 'The other side did not say who it is in time. Try again on a better line.',
  'sync/silent': (f) =>
    `Nothing came from the other side for ${Math.round(f.ms / 1000)} seconds. It will be tried again.`,
  'sync/message-unexpected': (f) =>
    `The other side sent a ${f.type} when none was due. It is at fault, or one of the two apps needs an update.`,
  'sync/too-many': (f) => `The other side caused too many ${f.what} at once; ${f.limit} is the most. Do not trust it.`,
  'sync/guest-unproven': () => 'The other side claimed an invite and did not prove that it has it. Do not trust it.',
  'sync/entry-foreign': (f) =>
    `The other side sent something of ${f.schemaId}, which is not shared with it. It was not let in.`,
  'sync/entry-forged': (f) =>
    `The other side sent entries that ${f.publicKey} did not sign. Nothing of them was let in. Do not trust it.`,
  'sync/signal-foreign': (f) => `The other side spoke in the name of ${f.from}. It was not passed on. Do not trust it.`,
  'sync/entries-rejected': (f) =>
    `${f.count} entries of the other side were not let in, the last for ${f.last}. It will be tried again later.`,
  'sync/backing-off': (f) =>
    `The other side broke a rule. It is not taken up again before ${new Date(f.until).toISOString()}.`,
  'sync/peer-unknown': (f) => `There is no connection number ${f.peer}. It has ended.`,
  'handshake/key-unusable': (f) =>
    `The key ${f.publicKey} cannot be dialled: it is your own, or no real key. Ask for the code or link again.`,
  'handshake/wrong-network': () =>
    'What answered does not belong to this network. Check the address, and that both run Takibi.',
  'handshake/ephemeral-unusable': () => 'The other side offered a key that protects nothing. Do not trust it.',
  'handshake/proof-invalid': () =>
    'The other side did not prove the key that was asked for. Check the code or link; somebody may be in between.',
  'handshake/peer-refused': (f) => `The key ${f.publicKey} wanted to connect and may not.`,
  'handshake/cut-off': () =>
    'The other side hung up before it proved who it is. It may be busy, or does not know this device. Try again later.',
  'handshake/flooded': (f) =>
    `The other side sent more than ${f.limit} bytes before it proved who it is. Do not trust it.`,
  'handshake/timeout': () => 'The other side did not prove in time who it is. Try again, nearer or on a better line.',
  'channel/tag-invalid': () => 'What came was changed on its way. Connect again; if it stays, do not use this line.',
  'channel/packet-size': (f) =>
    `The peer sent a packet of ${f.bytes} bytes; they have 1 to ${f.limit}. It does not speak this protocol.`,
  'channel/cut-off': () => 'The connection broke off. What was stored before stays; connect again for the rest.',
  'frame/too-large': (f) => `The peer announced ${f.bytes} bytes at once; ${f.limit} is the most. Do not trust it.`,
  'frame/length-invalid': () => "The peer sent a length that can't be read. It does not speak this protocol.",
  'message/malformed': (f) =>
    `Byte ${f.at} of a message: expected ${f.expected}. The peer does not speak this protocol; update both sides.`,
  'message/type-unknown': (f) => `The peer sent a message of the unknown type ${f.number}. Update the app.`,
  'message/too-large': (f) => `The peer sent a ${f.type} of ${f.bytes} bytes; ${f.limit} is the most. Do not trust it.`,
  'message/body-malformed': (f) =>
    `Byte ${f.at} of what a message holds: expected ${f.expected}. The peer does not speak this protocol; update both sides.`,
  'negentropy/malformed': (f) =>
    `Byte ${f.at} of a message that compares sets: expected ${f.expected}. The peer does not speak this protocol; update both sides.`,
  'negentropy/version-unsupported': (f) =>
    `The peer compares sets by version ${f.version} of Negentropy; ours is 1. Update both sides.`,
  'negentropy/endless': () => 'The peer went on comparing without end. Do not trust it.',
}

/** The sentence for a failure: what happened, and what to do. */
export const explainFailure = (failure: Failure): string =>
  (explain[failure.code] as (failure: Failure) => string)(failure)

/** What the library throws. `failure` says it to programs, `message` to people. */
export class P2pandaError extends Error {
  override readonly name = 'P2pandaError'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(`${explainFailure(failure)} [${failure.code}]`)
    this.failure = failure
  }
}

/** Whether this is a failure as the engine and its ports hand them over: a plain object with a code that has a sentence here. */
export const isFailure = (thrown: unknown): thrown is Failure =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  Object.hasOwn(explain, thrown.code)
