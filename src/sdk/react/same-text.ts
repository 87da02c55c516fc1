/** JSON for what JSON lacks, in a form that no text of the caller's can have. */
function withKind(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: value.toString() }
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { object: Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)) }
  return value
}

/** Query options as text: the same for options that say the same, in whatever order they were written. */
export const sameText = (options: object): string => JSON.stringify(options, withKind)
