import { readBundle, type BundleItem } from '../../../core/bundle/bundle.ts'
import { bytesToHex } from '../../../core/bytes/hex.ts'
import { decodeEntry } from '../../../core/entry/decode.ts'
import type { Entry } from '../../../core/entry/entry.ts'
import { verifyEntry, verifyPayload } from '../../../core/entry/verify.ts'
import { decodeOperation } from '../../../core/operation/decode.ts'
import type { PlainOperation } from '../../../core/operation/operation.ts'
import type { Failure } from '../../../engine/failure.ts'
import type { ExitCode, Terminal } from './command.ts'
import { byteRanges } from './byte-ranges.ts'
import { mustBeFile, readPieces } from './files.ts'
import { toJson } from './json.ts'
import { nameInWords, valueInWords } from './words.ts'
import { WrongUse } from './wrong-use.ts'

/** An item of a bundle, read as far as it can be, and what is wrong with it. It is not held against its log: that is `verify`. */
interface Seen {
  readonly index: number
  readonly entry?: Entry
  readonly operation?: PlainOperation
  readonly operationBytes?: Uint8Array
  readonly faults: readonly Failure[]
}

function look(item: BundleItem): Seen {
  const { index } = item
  const decoded = decodeEntry(item.entry)
  if (!decoded.ok) return { index, faults: [decoded.error] }
  const entry = decoded.value
  const signed = verifyEntry(entry)
  const faults: Failure[] = signed.ok ? [] : [signed.error]
  if (!item.operation) return { index, entry, faults }
  const payload = verifyPayload(entry, item.operation)
  if (!payload.ok) faults.push(payload.error)
  const operation = decodeOperation(item.operation)
  if (!operation.ok) faults.push(operation.error)
  return { index, entry, operationBytes: item.operation, faults, ...(operation.ok && { operation: operation.value }) }
}

const linksInWords = ({ backlink, skiplink }: Entry): string =>
  [backlink && `backlink ${backlink}`, skiplink && `skiplink ${skiplink}`].filter(Boolean).join('\n            ') ||
  'none'

function* inWords({ index, entry, operation, faults }: Seen): Iterable<string> {
  yield entry ? `#${index}  ${entry.hash}` : `#${index}`
  if (entry) {
    yield `    key     ${entry.publicKey}`
    yield `    place   log ${entry.logId}, entry ${entry.seqNum}${entry.isEndOfLog ? ', the last of its log' : ''}`
    yield `    links   ${linksInWords(entry)}`
    yield `    payload ${entry.payloadSize} bytes, ${entry.payloadHash}`
  }
  if (operation) {
    yield `    ${operation.action.toUpperCase()}  ${operation.schemaId}`
    if (operation.action !== 'create') for (const id of operation.previous) yield `      after ${id}`
    if (operation.action !== 'delete')
      for (const [name, value] of Object.entries(operation.fields))
        yield `      ${nameInWords(name)}: ${valueInWords(value)}`
  } else if (entry && faults.length === 0) yield '    its operation is not here'
}

function* inHex({ entry, operationBytes }: Seen): Iterable<string> {
  if (entry) for (const { name, bytes } of byteRanges(entry)) yield `    ${name.padEnd(16)} ${bytesToHex(bytes)}`
  if (operationBytes) yield `    ${'operation'.padEnd(16)} ${bytesToHex(operationBytes)}`
}

const asJson = (
  { index, entry, operation, operationBytes, faults }: Seen,
  isHex: boolean,
  terminal: Terminal,
): object => ({
  index,
  ...(entry && {
    id: entry.hash,
    publicKey: entry.publicKey,
    logId: entry.logId,
    seqNum: entry.seqNum,
    endOfLog: entry.isEndOfLog,
    backlink: entry.backlink ?? null,
    skiplink: entry.skiplink ?? null,
    payloadSize: entry.payloadSize,
    payloadHash: entry.payloadHash,
    signature: entry.signature,
  }),
  operation: operation
    ? {
        action: operation.action,
        schemaId: operation.schemaId,
        previous: operation.action === 'create' ? [] : operation.previous,
        fields:
          operation.action === 'delete'
            ? {}
            : Object.fromEntries(Object.entries(operation.fields).map(([name, { value }]) => [name, value])),
      }
    : null,
  ...(isHex && { entryBytes: entry?.bytes ?? null, operationBytes: operationBytes ?? null }),
  faults: faults.map((failure) => ({ code: failure.code, message: terminal.explain(failure) })),
})

/** Tells of every entry and operation of a bundle in words, with `--hex` byte range by byte range. */
export async function inspect(
  file: string,
  { isHex, isJson }: { readonly isHex: boolean; readonly isJson: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  await mustBeFile(file)
  const items: object[] = []
  let exitCode: ExitCode = 0
  for await (const read of readBundle(readPieces(file))) {
    if (!read.ok && read.error.code === 'bundle/header-invalid')
      throw new WrongUse(`${file}: ${terminal.explain(read.error)}`)
    const seen: Seen = read.ok ? look(read.value) : { index: indexOf(read.error), faults: [read.error] }
    if (seen.faults.length > 0) exitCode = 1
    if (isJson) {
      items.push(asJson(seen, isHex, terminal))
      continue
    }
    for (const line of inWords(seen)) terminal.out(line)
    if (isHex) for (const line of inHex(seen)) terminal.out(line)
    for (const failure of seen.faults) terminal.out(`    !  ${terminal.explain(failure)} [${failure.code}]`)
  }
  if (isJson) terminal.out(toJson({ items }))
  return exitCode
}

const indexOf = (failure: Failure): number =>
  'index' in failure && typeof failure.index === 'number' ? failure.index : 0
