import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { placeOf } from '../state/identities.ts'

/** A link somebody follows whose collection has not come yet. */
interface FollowedLink {
  readonly link: string
  /** What the link calls it. */
  readonly name: string
}

/** Links that were followed, by schema id: until a collection is here, its name is known from nowhere else. */
export const useFollowed = create<{
  readonly links: Readonly<Record<string, FollowedLink>>
  readonly follow: (schemaId: string, link: FollowedLink) => void
  readonly forget: (schemaId: string) => void
}>()(
  persist(
    (set) => ({
      links: {},
      follow: (schemaId, link) => set(({ links }) => ({ links: { ...links, [schemaId]: link } })),
      forget: (schemaId) =>
        set(({ links }) => ({ links: Object.fromEntries(Object.entries(links).filter(([id]) => id !== schemaId)) })),
    }),
    { name: placeOf('followed'), version: 1, partialize: ({ links }) => ({ links }) },
  ),
)
