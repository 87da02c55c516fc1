import { User } from 'lucide-react'
import css from './people.module.css'

/** In the place of a panda: whoever could be taken for somebody else has none until they are given a name. */
export const Faceless = ({ size }: { readonly size: number }) => (
  <span className={css.faceless} style={{ inlineSize: size, blockSize: size }}>
    <User size={size / 2} aria-hidden />
  </span>
)
