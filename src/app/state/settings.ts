import { create } from 'zustand'
import { persist, type PersistStorage } from 'zustand/middleware'
import { placeOf } from './identities.ts'

export const looks = ['morning', 'night', 'paper'] as const
export type Look = (typeof looks)[number]
export const textSizes = [0.9, 1, 1.15, 1.3] as const
export type TextSize = (typeof textSizes)[number]
/** Quiet cards a person has put aside. */
export type Card = 'install' | 'persist'
/** How often the card of the recovery words was put aside, and when last; milliseconds. */
export interface PutAside {
  readonly times: number
  readonly at: number
}

/** Choices of this browser, some of each identity. They are read before the first paint, so they live in localStorage and not in the node. */
interface Settings {
  readonly look: Look | 'system'
  readonly language: 'system' | 'en' | 'de'
  readonly textSize: TextSize
  /** Single-letter keys: `n`, `e`, `/`, `g h` … (WCAG 2.1.4: they can be switched off). */
  readonly keys: boolean
  /** Others see in what is shared that this device is there. */
  readonly presence: boolean
  readonly dismissed: readonly Card[]
  readonly wordsPutAside: PutAside
  /** When a person last took a copy of everything out of this browser; milliseconds, 0 = never. */
  readonly exportedAt: number
  readonly set: (change: Partial<Omit<Settings, 'set'>>) => void
}

type Kept = Omit<Settings, 'set'>
/** What all identities of this browser share. */
const isShared = (name: string): boolean => /^(look|language|textSize|keys)$/.test(name)
const part = (state: Kept, ofAll: boolean): Kept =>
  Object.fromEntries(Object.entries(state).filter(([name]) => isShared(name) === ofAll)) as unknown as Kept

const read = (name: string): { state: Kept } => JSON.parse(localStorage.getItem(name) ?? '{"state":{}}')
const write = (name: string, state: Kept): void => localStorage.setItem(name, JSON.stringify({ state, version: 1 }))

/** The first identity keeps its own choices beside the shared ones; the others have a place each. */
const storage: PersistStorage<Kept> = {
  getItem: (name) => {
    const own = placeOf('settings')
    const { state } = read(name)
    return { state: own === name ? state : { ...part(state, true), ...read(own).state }, version: 1 }
  },
  setItem: (name, { state }) => {
    const own = placeOf('settings')
    if (own !== name) write(own, part(state, false))
    write(name, own === name ? state : { ...read(name).state, ...part(state, true) })
  },
  removeItem: () => undefined,
}

export const useSettings = create<Settings>()(
  persist(
    (set) => ({
      look: 'system',
      language: 'system',
      textSize: 1,
      keys: true,
      presence: true,
      dismissed: [],
      wordsPutAside: { times: 0, at: 0 },
      exportedAt: 0,
      set: (change) => set(change),
    }),
    {
      // public/look.js reads the same entry before the first paint.
      name: 'takibi/settings',
      storage,
      version: 1,
      partialize: ({ look, language, textSize, keys, presence, dismissed, wordsPutAside, exportedAt }) => ({
        look,
        language,
        textSize,
        keys,
        presence,
        dismissed,
        wordsPutAside,
        exportedAt,
      }),
    },
  ),
)

const night = matchMedia('(prefers-color-scheme: dark)')
const contrast = matchMedia('(prefers-contrast: more)')

const shownLook = (look: Look | 'system'): Look => {
  if (look !== 'system') return look
  if (contrast.matches) return 'paper'
  return night.matches ? 'night' : 'morning'
}

const barColour = { morning: '#f1f3ea', night: '#0d1411', paper: '#ffffff' } as const

const show = (): void => {
  const { look, textSize } = useSettings.getState()
  const shown = shownLook(look)
  const root = document.documentElement
  root.dataset.look = shown
  root.style.setProperty('--text-size', String(textSize))
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', barColour[shown])
}

/** Keeps the document's look and text size in step with the settings, the system and other tabs. */
export const followSettings = (): void => {
  show()
  useSettings.subscribe(show)
  night.addEventListener('change', show)
  contrast.addEventListener('change', show)
  addEventListener('storage', () => void useSettings.persist.rehydrate())
}
