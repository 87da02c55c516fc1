import type { DocumentId } from '../ids.ts'
import { toLinkName } from '../meeting/link-name.ts'
import { shortId } from './short-id.ts'

/** What is known of how a person is called. */
export interface KnownNames {
  readonly person: DocumentId
  /** The name I gave. */
  readonly petname?: string | undefined
  /** The name they give themselves. */
  readonly claimed?: string | undefined
}

/** How a person is shown. `claimed` is anybody's to choose, and said so by its `~`. */
export interface DisplayName {
  readonly kind: 'petname' | 'claimed' | 'short-id'
  readonly text: string
}

/** The name to show, the most trusted first (identity.md §1.7). Names of blanks only are none; a claimed one is put on one line, without disguises, and cut. */
export function displayName({ person, petname, claimed }: KnownNames): DisplayName {
  const own = petname?.trim()
  if (own) return { kind: 'petname', text: own }
  const theirs = claimed === undefined ? '' : toLinkName(claimed)
  return theirs ? { kind: 'claimed', text: `~${theirs}` } : { kind: 'short-id', text: shortId(person) }
}
