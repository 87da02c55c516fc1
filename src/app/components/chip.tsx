import type { ReactNode } from 'react'
import type { Tone } from '../data/field-kind.ts'
import { classNames } from './class-names.ts'
import css from './chip.module.css'
import tones from './tones.module.css'

/** A word in a tint: an option, a state, a tag. The word carries the meaning, the colour helps. */
export const Chip = ({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={classNames(css.chip, tones[tone])} dir="auto">
    {children}
  </span>
)
