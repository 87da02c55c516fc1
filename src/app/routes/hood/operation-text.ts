import { bytesToHex, type PlainOperation, type PlainValue } from '../../../sdk/core.ts'

/** Bytes of a value that are written out; what is longer is cut and counted. */
const shownBytes = 64

const valueOf = ({ plain, value }: PlainValue): unknown => {
  switch (plain) {
    case 'int':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
    case 'float':
      return Number.isFinite(value) ? value : String(value)
    case 'bytes':
      return value.length > shownBytes
        ? `${bytesToHex(value.subarray(0, shownBytes))}… (${value.length} bytes)`
        : bytesToHex(value)
    case 'bool':
    case 'str':
    case 'hashes':
    case 'hash-lists':
      return value
  }
}

/** An operation for people who read JSON: ids whole, bytes as hex, long bytes cut. */
export const operationText = (operation: PlainOperation): string =>
  JSON.stringify(
    {
      action: operation.action,
      schema: operation.schemaId,
      ...('previous' in operation ? { previous: operation.previous } : {}),
      ...('fields' in operation
        ? {
            fields: Object.fromEntries(Object.entries(operation.fields).map(([name, value]) => [name, valueOf(value)])),
          }
        : {}),
    },
    null,
    2,
  )

/** An id short enough for a line: its middle left out. `0020` is the same in all of them, so it goes too. */
export const shortId = (id: string): string => {
  const bare = id.startsWith('0020') ? id.slice(4) : id
  return bare.length > 12 ? `${bare.slice(0, 4)}…${bare.slice(-4)}` : bare
}
