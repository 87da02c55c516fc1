import { create } from 'zustand'

export interface Toast {
  readonly id: number
  readonly text: string
  /** Something went wrong: stays until it is put away. */
  readonly isTrouble: boolean
  readonly action: { readonly label: string; readonly run: () => void } | undefined
  readonly ms: number
}

interface Toasts {
  readonly toasts: readonly Toast[]
  readonly show: (toast: Pick<Toast, 'text'> & Partial<Omit<Toast, 'id' | 'text'>>) => number
  readonly hide: (id: number) => void
}

let last = 0

/** What the app says in passing. At most three at a time; the newest stands first for the eye and is read out once. */
export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  show: ({ text, isTrouble = false, action, ms = action === undefined ? 5_000 : 10_000 }) => {
    last += 1
    const toast: Toast = { id: last, text, isTrouble, action, ms }
    set(({ toasts }) => ({ toasts: [...toasts.slice(-2), toast] }))
    return toast.id
  },
  hide: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}))

export const toast = (text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): number =>
  useToasts.getState().show({ text, ...more })
