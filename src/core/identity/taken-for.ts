import type { DocumentId } from '../ids.ts'
import type { KnownNames } from './display-name.ts'
import { skeleton } from './skeleton.ts'

/**
 * The petname that a claimed name could be taken for although it belongs to somebody else: then it is shown as "Not your Ana", without its picture.
 */
export function takenFor(
  { person, petname, claimed }: KnownNames,
  petnames: ReadonlyMap<DocumentId, string>,
): string | undefined {
  if (claimed === undefined || petname?.trim()) return undefined
  const looks = skeleton(claimed)
  for (const [other, name] of petnames) if (other !== person && skeleton(name) === looks) return name
  return undefined
}
