import type { DocumentView } from '../../sdk/index.ts'

/** Rows of a page when its ends are fixed. */
export const pageLength = 100

/**
 * A list in pages. Page n begins after cursor n and ends with cursor n + 1, and those stay where they are once they are known: rows that come
 * and go make their page longer or shorter, and the pages behind it need not be read again.
 */
export interface Pages {
  /** Where the known pages begin; page 0 begins with the list. The end of the last known page is not known yet. */
  readonly cursors: (string | undefined)[]
  /** How many rows each page has, or had when it was last seen; pages behind are taken for full ones. */
  readonly lengths: number[]
  /** The rows of the pages that are held. */
  readonly rows: Map<number, readonly DocumentView[]>
}

export const newPages = (): Pages => ({ cursors: [undefined], lengths: [], rows: new Map() })

export const isKnown = ({ cursors }: Pages, page: number): boolean => page < cursors.length

/** In which page a row of the list stands, and at which place there. */
export const placeOf = ({ lengths }: Pages, index: number): { readonly page: number; readonly at: number } => {
  let at = Math.max(0, index)
  for (const [page, length] of lengths.entries()) {
    if (at < length) return { page, at }
    at -= length
  }
  return { page: lengths.length + Math.floor(at / pageLength), at: at % pageLength }
}

/** The place of a page's first row in the list. */
export const startOf = ({ lengths }: Pages, page: number): number => {
  const known = lengths.slice(0, page)
  return known.reduce((sum, length) => sum + length, 0) + (page - known.length) * pageLength
}

export const putRows = ({ rows, lengths }: Pages, page: number, documents: readonly DocumentView[]): void => {
  rows.set(page, documents)
  if (page <= lengths.length) lengths[page] = documents.length
}

/** The page ends with this cursor, or where the list does. Where it ended elsewhere, nothing is known any more of what is behind it. */
export const endPage = ({ cursors, lengths, rows }: Pages, page: number, end: string | undefined): void => {
  if (cursors[page + 1] === end) return
  cursors.length = Math.min(cursors.length, page + 1)
  lengths.length = Math.min(lengths.length, page + 1)
  for (const behind of rows.keys()) if (behind > page) rows.delete(behind)
  if (end !== undefined && cursors.length === page + 1) cursors.push(end)
}
