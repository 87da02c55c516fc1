import { Eye, Flame, Heart, Laugh, type LucideIcon, PartyPopper, ThumbsUp } from 'lucide-react'
import type { FireMessages } from '../../messages/fire.ts'

/** The signs that one can leave under a message, drawn as lines: so they look the same in every look, and need no font of colours. */
const drawings = {
  '👍': ThumbsUp,
  '❤️': Heart,
  '😄': Laugh,
  '🔥': Flame,
  '🎉': PartyPopper,
  '👀': Eye,
} as const satisfies Readonly<Record<keyof FireMessages['signs'], LucideIcon>>

type Known = keyof typeof drawings
export const signs = Object.keys(drawings) as readonly Known[]
const isKnown = (sign: string): sign is Known => Object.hasOwn(drawings, sign)

/** A sign's name; another app's sign is its own. */
export const signName = (sign: string, say: FireMessages): string => (isKnown(sign) ? say.signs[sign] : sign)

export const Sign = ({ sign, size }: { readonly sign: string; readonly size: number }) => {
  if (!isKnown(sign)) return <span>{sign}</span>
  const Drawing = drawings[sign]
  return <Drawing size={size} strokeWidth={1.9} aria-hidden />
}
