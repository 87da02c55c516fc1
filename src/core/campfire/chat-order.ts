import type { DocumentId } from '../ids.ts'

/** A message, as far as its place among the others goes. */
export interface Placed {
  readonly id: DocumentId
  /** The messages its writer knew as the newest. */
  readonly after: readonly DocumentId[]
  /** By its writer's clock. */
  readonly sentAt: number
}

/**
 * Messages in the order of their talk (schemas.md §4): each after those it comes after; among those that may come next, the one sent first, then the
 * lowest id. So one order for everybody who has the same messages, whatever came first and whatever clocks say. Ids that are not among them
 * count for nothing. Should messages go in a circle, which ids that are hashes cannot, the circle is begun where it is due first.
 *
 * Takes n log n steps in messages and names.
 */
export function chatOrder<M extends Placed>(messages: readonly M[]): readonly M[] {
  const waiting = new Map<DocumentId, { readonly message: M; left: number }>()
  for (const message of messages) waiting.set(message.id, { message, left: 0 })
  const followers = new Map<DocumentId, DocumentId[]>()
  for (const one of waiting.values())
    for (const before of new Set(one.message.after)) {
      const { id } = one.message
      if (before === id || !waiting.has(before)) continue
      one.left++
      const known = followers.get(before)
      if (known) known.push(id)
      else followers.set(before, [id])
    }

  const ready = openHeap<M>(comesFirst)
  for (const { message, left } of waiting.values()) if (left === 0) ready.push(message)
  const byTime = [...waiting.values()].map(({ message }) => message).sort((a, b) => (comesFirst(a, b) ? -1 : 1))
  const ordered: M[] = []
  for (let next = 0; ordered.length < byTime.length;) {
    const message = ready.pop() ?? byTime[next++]
    if (message === undefined || !waiting.delete(message.id)) continue
    ordered.push(message)
    for (const id of followers.get(message.id) ?? []) {
      const follower = waiting.get(id)
      if (follower !== undefined && --follower.left === 0) ready.push(follower.message)
    }
  }
  return ordered
}

const comesFirst = (a: Placed, b: Placed): boolean => a.sentAt < b.sentAt || (a.sentAt === b.sentAt && a.id < b.id)

interface Heap<T> {
  readonly push: (item: T) => void
  /** The first of all, taken out. */
  readonly pop: () => T | undefined
}

/** A binary heap. */
function openHeap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = []
  const swap = (a: number, b: number): void => {
    const held = items[a] as T
    items[a] = items[b] as T
    items[b] = held
  }
  const isFirst = (a: number, b: number): boolean => a < items.length && isBefore(items[a] as T, items[b] as T)
  return {
    push: (item) => {
      items.push(item)
      for (let at = items.length - 1; at > 0;) {
        const above = (at - 1) >> 1
        if (!isFirst(at, above)) return
        swap(at, above)
        at = above
      }
    },
    pop: () => {
      const first = items[0]
      const last = items.pop()
      if (items.length === 0) return first
      items[0] = last as T
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        const below = isFirst(right, left) ? right : left
        if (!isFirst(below, at)) return first
        swap(at, below)
        at = below
      }
    },
  }
}

/** The newest messages: those that no other one of them comes after. In order of id, as `after` lists them; the `limit` last of the talk. */
export function newestOf(ordered: readonly Placed[], limit: number): readonly DocumentId[] {
  const answered = new Set(ordered.flatMap(({ after }) => after))
  const open = ordered.filter(({ id }) => !answered.has(id)).map(({ id }) => id)
  return open.slice(-limit).sort()
}
