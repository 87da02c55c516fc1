import { useEffect, useState } from 'react'
import type { TakibiNode } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'

/** Small pictures kept as object URLs; the ones seen longest ago go first. */
const keptPictures = 240
/** A card that flies by in a scroll asks for nothing. */
const restMs = 60

interface Kept {
  readonly url: Promise<string | undefined>
  users: number
}
const kept = new Map<string, Kept>()

const forget = (): void => {
  for (const [key, { url, users }] of kept) {
    if (kept.size <= keptPictures) return
    if (users > 0) continue
    kept.delete(key)
    void url.then((old) => old !== undefined && URL.revokeObjectURL(old))
  }
}

const pictureFor = (node: TakibiNode, blob: string, edge: number): Kept => {
  const key = `${blob} ${edge}`
  const known = kept.get(key)
  kept.delete(key)
  const picture = known ?? {
    url: node.blobs.thumbnail(blob, edge).then(
      (file) => (file === undefined ? undefined : URL.createObjectURL(file)),
      () => undefined,
    ),
    users: 0,
  }
  kept.set(key, picture)
  forget()
  return picture
}

/** A small picture of a blob: its URL; `null` where it has none (no picture, not decodable, not here); `undefined` on the way. */
export const useThumbnail = (blob: string | undefined, edge = 480): string | null | undefined => {
  const node = useNode()
  const [found, setFound] = useState<{ readonly of: string; readonly url: string | null }>()
  useEffect(() => {
    if (blob === undefined) return
    let picture: Kept | undefined
    let isCurrent = true
    const ask = async (): Promise<void> => {
      picture = pictureFor(node, blob, edge)
      picture.users += 1
      const url = await picture.url
      if (isCurrent) setFound({ of: blob, url: url ?? null })
    }
    const timer = setTimeout(() => void ask(), kept.has(`${blob} ${edge}`) ? 0 : restMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
      if (picture !== undefined) picture.users -= 1
    }
  }, [node, blob, edge])
  if (blob === undefined) return null
  return found?.of === blob ? found.url : undefined
}
